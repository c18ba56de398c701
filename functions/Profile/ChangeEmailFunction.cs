using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Profile;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ChangeEmailFunction(ChangeEmail change)
{
    private const string Operation = "email_change";

    [Function("Profile_ChangeEmail")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed(Operation)]
    [Summary("Begins a change of the e-mail address: a code goes to the new one.", Details = "The old one is in force until the code has come back, within ten minutes.")]
    [Body<ChangeEmailRequest>]
    [Answers<EmailChangeResponse>(201)]
    [Refuses<EmailInvalid>, Refuses<IdempotencyKeyReused>, Refuses<ProfileMissing>, Refuses<TooManyRequests>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/profile/email-changes")] HttpRequest request) =>
        request.ReadBody<ChangeEmailRequest>()
            .Confirm(request, body => ConfirmationFacts.Of(Operation, null, body.Email))
            .Then(body => change.RunAsync(
                request.Customer(), body.Email, request.IdempotencyKey(), request.BodyHash(), request.CustomerActor().Origin, request.HttpContext.RequestAborted))
            .Respond(made => TypedResults.Created($"/api/v1/profile/email-changes/{made.Id}", new EmailChangeResponse(made.Id, made.ExpiresAt)));
}

public sealed record ChangeEmailRequest([property: MaxLength(EmailAddress.LengthAtMost), Example("arta@example.al")] string Email);

public sealed record EmailChangeResponse(Guid Id, Instant ExpiresAt);
