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

public sealed class QuoteQrPaymentFunction(QuoteQrPayment quote)
{
    [Function("Qr_QuotePayment")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [Summary("Reads a scanned code of this bank and prepares paying it: whom, how much, at what fee.",
        Details = "An amount in the code cannot be changed and is paid from an account in its currency; without one the amount is in the currency of the account to debit.")]
    [Body<QuoteQrPaymentRequest>]
    [Answers<TransferQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    [Refuses<QrCodeUnknown>, Refuses<OwnQrAccount>, Refuses<QrAccountDeleted>, Refuses<QrRequestPaid>, Refuses<QrRequestExpired>, Refuses<QrRequestBeingPaid>]
    [Refuses<QrAmountFixed>, Refuses<QrAmountMissing>, Refuses<AccountNotFound>, Refuses<AccountCurrencyMismatch>, Refuses<AmountNotInAccountCurrency>]
    [Refuses<PayeeAccountNotUsable>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>, Refuses<AmountTooSmallToExchange>]
    [Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/smart-pay/payments/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteQrPaymentRequest>()
            .Then(body => body.ToOrder(request))
            .Then(order => quote.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(TransferQuoteResponse.From(quoted)));
}

public sealed record QuoteQrPaymentRequest(
    [property: MaxLength(1024), Description("As scanned."), Example("eyJhbGciOiJFUzI1NiJ9.eyJxIjoiMSJ9.c2ln")] string Code,
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("Only where the code has none.")] AmountDto? Amount = null,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces; else that of the request."), Example("Kafe")] string? Description = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToOrder(request).Error;

    public Result<QrPaymentOrder> ToOrder(HttpRequest request)
    {
        var input = new Input();
        var amount = Amount is null ? (Money?)null : input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()));
        var caller = request.CustomerCaller();
        return input.Result(() => new QrPaymentOrder(caller.Id, caller.Name, Code, new AccountId(FromAccountId), amount, description, request.Device()));
    }
}
