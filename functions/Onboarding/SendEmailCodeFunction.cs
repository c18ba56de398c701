using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class SendEmailCodeFunction(SendEmailCode send)
{
    [Function("Onboarding_SendEmailCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Sends a code to the e-mail address of somebody who wants to become a customer, or has applied.",
        Details = "Everybody gets the same answer: whether the person is known is told only to who has the code.")]
    [Body<EmailCodeRequest>]
    [Answers<EmailCodeResponse>]
    [Refuses<RegistrationLocked>, Refuses<ChallengeCancelled>, Refuses<MobileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/email-codes")] HttpRequest request) =>
        request.ReadBody<EmailCodeRequest>()
            .Then(body => send.RunAsync(body.Email, body.PersonalId, body.Purpose, Languages.Find(body.Language) ?? AcceptLanguage.Of(request), request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(EmailCodeResponse.From(sent)));
}

public sealed record EmailCodeRequest(
    [property: MaxLength(100), Example("drita.kola@example.com")] string Email,
    [property: MaxLength(20), Description("Personal number of the identity card: a letter, eight digits, a letter."), Example("K05101999W")] string PersonalId,
    [property: Description("open: a new application. resume: the status of one, and going on with it. start_over: a new one in place of the present one.")] EmailPurpose Purpose = EmailPurpose.Open,
    [property: Pattern("sq|en"), Description("Of messages and contracts; that of Accept-Language unless given.")] string? Language = null)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(EmailCodeRequest);
}

/// <param name="Challenge">Sent back with the code.</param>
public sealed record EmailCodeResponse(string Challenge, SentCodeResponse Code)
{
    internal static EmailCodeResponse From(EmailCodeSent sent) => new(sent.Challenge, SentCodeResponse.From(sent.Code));
}
