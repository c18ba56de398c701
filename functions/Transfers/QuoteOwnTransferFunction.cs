using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class QuoteOwnTransferFunction(QuoteOwnTransfer quote)
{
    [Function("Transfers_QuoteOwn")]
    [Access(Right.Payment)]
    [Summary("Prepares a transfer between two of the customer's own accounts in one currency.", Details = "Nothing moves before the quote is confirmed.")]
    [Body<QuoteOwnTransferRequest>]
    [Answers<TransferQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<SameAccount>, Refuses<AccountNotFound>]
    [Refuses<AmountNotInAccountCurrency>, Refuses<CurrenciesDiffer>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>]
    [Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/own/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteOwnTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(TransferQuoteResponse.From(quoted)));
}

public sealed record QuoteOwnTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("The account to credit, in the same currency.")] Guid ToAccountId,
    AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Kursim maj")] string? Description = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<OwnTransferRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.FindOptional(Description, "/description", request.DescriptionLetters()));
        var caller = request.CustomerCaller();
        return input.Result(() => new OwnTransferRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), new AccountId(ToAccountId), amount, description, request.Device()));
    }
}
