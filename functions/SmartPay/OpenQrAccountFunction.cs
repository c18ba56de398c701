using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.SmartPay;

public sealed class OpenQrAccountFunction(OpenQrAccount open)
{
    [Function("Qr_OpenAccount")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [Idempotent]
    [NotConfirmed("It lets others pay in, nobody out.")]
    [Summary("Opens a QR account on a current account, which activates SmartPay.")]
    [Body<OpenQrAccountRequest>]
    [Answers<QrAccountResponse>(201)]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    [Refuses<IdempotencyKeyReused>, Refuses<AccountNotFound>, Refuses<NotACurrentAccount>, Refuses<AccountNotUsable>, Refuses<QrAccountExists>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/smart-pay/qr-accounts")] HttpRequest request) =>
        request.ReadBody<OpenQrAccountRequest>()
            .Then(body => body.ToNew(request))
            .Then(wanted => open.RunAsync(wanted, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Created($"/api/v1/smart-pay/qr-accounts/{it.Id.Value}", QrAccountResponse.From(it)));
}

public sealed record OpenQrAccountRequest(
    [property: Description("A current account.")] Guid AccountId,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Tezga ime")] string? Description = null) : IHasOwnFaults
{
    /// <remarks>Also asked when the key in the header is faulty.</remarks>
    public Error? FindFaults(HttpRequest request) => Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()).Error;

    public Result<NewQrAccount> ToNew(HttpRequest request)
    {
        var input = new Input();
        var description = input.Take(Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()));
        return input.Result(() => new NewQrAccount(request.Customer(), request.IdempotencyKey(), request.BodyHash(), new AccountId(AccountId), description));
    }
}
