using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.SmartPay;

public sealed class RequestByQrFunction(RequestByQr ask)
{
    [Function("Qr_Request")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [Idempotent]
    [NotConfirmed("It asks; only who pays confirms.")]
    [Summary("Makes a QR code that asks for money on a QR account, with an amount or without one.",
        Details = "With an amount it is paid once, within 30 days. Without one the payer says how much, any number of times until the QR account is deleted.")]
    [Body<QrRequestRequest>]
    [Answers<QrRequestResponse>(201)]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    [Refuses<IdempotencyKeyReused>, Refuses<QrAccountNotFound>, Refuses<QrAccountDeleted>, Refuses<AmountNotInAccountCurrency>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/smart-pay/requests")] HttpRequest request) =>
        request.ReadBody<QrRequestRequest>()
            .Then(body => body.ToNew(request))
            .Then(wanted => ask.RunAsync(wanted, request.HttpContext.RequestAborted))
            .Respond(seen => TypedResults.Created($"/api/v1/smart-pay/requests/{seen.It.Id.Value}", QrRequestResponse.From(seen)));
}

public sealed record QrRequestRequest(
    Guid QrAccountId,
    [property: Description("In the account's currency; null: the payer says how much.")] AmountDto? Amount = null,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Kafe")] string? Description = null) : IHasOwnFaults
{
    /// <remarks>Also asked when the key in the header is faulty.</remarks>
    public Error? FindFaults(HttpRequest request) => Read(request).Error;

    public Result<NewQrRequest> ToNew(HttpRequest request) => Read(request).Then(read =>
        new NewQrRequest(request.Customer(), request.IdempotencyKey(), request.BodyHash(), new QrAccountId(QrAccountId), read.Amount, read.Description));

    private Result<(Money? Amount, string? Description)> Read(HttpRequest request)
    {
        var input = new Input();
        var amount = Amount is null ? null : input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()));
        return input.Result(() => (amount, description));
    }
}
