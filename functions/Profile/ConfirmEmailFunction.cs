using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class ConfirmEmailFunction(ConfirmEmail confirm)
{
    [Function("Profile_ConfirmEmail")]
    [Access(Right.Payment)]
    [NotConfirmed("The change was confirmed when it was asked for; this is the code that went to the new address.")]
    [Summary("Confirms a new e-mail address by the code that was sent to it.", Details = "Five wrong codes end the change.")]
    [Body<ConfirmEmailRequest>]
    [Answers<EmailResponse>]
    [Refuses<EmailChangeNotFound>, Refuses<EmailChangeExpired>, Refuses<EmailCodeWrong>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/profile/email-changes/{changeId:guid}/code")] HttpRequest request, Guid changeId) =>
        request.ReadBody<ConfirmEmailRequest>()
            .Then(body => confirm.RunAsync(request.Customer(), changeId, body.Code, request.HttpContext.RequestAborted))
            .Respond(email => TypedResults.Ok(new EmailResponse(email)));
}

public sealed record ConfirmEmailRequest([property: MinLength(6), MaxLength(6), Pattern("[0-9]{6}"), Example("123456")] string Code);

public sealed record EmailResponse(string Email);
