using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class RequestResetFunction(RequestPasswordReset ask)
{
    [Function("EKlik_RequestReset")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Asks for a link that resets a forgotten password of eKlik.",
        Details = "When all six match, a link goes to the registered e-mail address, good for half an hour, once. The answer is the same whether they match or not, and nothing is looked up before it.")]
    [Body<RequestResetRequest>]
    [Answers(202, Meaning = "Taken; nothing is said about whether anything matches.")]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/password-resets")] HttpRequest request) =>
        request.ReadBody<RequestResetRequest>()
            .Then(body => ask.RunAsync(body.ToFields(), request.HttpContext.RequestAborted))
            .Respond(_ => TypedResults.Accepted((string?)null));
}

public sealed record RequestResetRequest(
    [property: MaxLength(70), Example("Arta")] string FirstName,
    [property: MaxLength(70), Example("Hoxha")] string LastName,
    [property: Pattern("[A-Za-z][0-9]{8}[A-Za-z]"), Example("I05101999Q")] string PersonalNumber,
    [property: MaxLength(254), Pattern(@"[^@\s]+@[^@\s]+\.[^@\s]+"), Description("The registered one."), Example("arta@example.com")] string Email,
    [property: Pattern("[0-9]{4}"), Description("The last four digits of a card of the customer."), Example("0001")] string CardLastFour,
    [property: Pattern("20[0-9]{2}-(0[1-9]|1[0-2])"), Description("That card's expiry: year and month."), Example("2029-12")] string CardExpiry)
{
    internal PasswordResetFields ToFields() => new(FirstName, LastName, Banking.PersonalNumber.Find(PersonalNumber)!.Value, Email, CardLastFour, CardExpiry);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(RequestResetRequest);
}

/// <summary>Compares the fields of a request and sends the link.</summary>
public sealed class SendResetLinkMessage(SendResetLink send)
{
    [Function("EKlik_SendResetLink")]
    public Task RunAsync(
        [ServiceBusTrigger(Banking.Messages.WorkQueues.EKlikResets, Connection = "ServiceBus")] PasswordResetAsked asked, CancellationToken cancellation) =>
        send.RunAsync(asked, cancellation);
}
