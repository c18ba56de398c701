using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.Fx;

public sealed class QuoteBuyFunction(QuoteExchange quote)
{
    [Function("Fx_QuoteBuy")]
    [Access(Right.Payment)]
    [Summary("Prepares a purchase of foreign currency with ALL.", Details = "The amount is in the currency that is bought. Then confirm it at this rate, or ask for a preferential one.")]
    [Body<ExchangeRequest>]
    [Answers<ExchangeQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<ExchangeCurrencyWrong>, Refuses<AccountNotFound>]
    [Refuses<NoAccountInCurrency>, Refuses<AccountCurrencyMismatch>, Refuses<RatesStale>, Refuses<ExchangeRateMissing>, Refuses<ExchangeAmountTooSmall>]
    [Refuses<BalanceTooLarge>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/exchanges/buy/quotes")] HttpRequest request) =>
        ExchangeQuoting.RunAsync(quote, FxOperation.Buy, request);
}

public sealed class QuoteSellFunction(QuoteExchange quote)
{
    [Function("Fx_QuoteSell")]
    [Access(Right.Payment)]
    [Summary("Prepares a sale of foreign currency for ALL.", Details = "The amount is in the currency that is sold. Then confirm it at this rate, or ask for a preferential one.")]
    [Body<ExchangeRequest>]
    [Answers<ExchangeQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<ExchangeCurrencyWrong>, Refuses<AccountNotFound>]
    [Refuses<NoAccountInCurrency>, Refuses<AccountCurrencyMismatch>, Refuses<RatesStale>, Refuses<ExchangeRateMissing>, Refuses<ExchangeAmountTooSmall>]
    [Refuses<BalanceTooLarge>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/exchanges/sell/quotes")] HttpRequest request) =>
        ExchangeQuoting.RunAsync(quote, FxOperation.Sell, request);
}

public sealed class QuoteConversionFunction(QuoteExchange quote)
{
    [Function("Fx_QuoteConversion")]
    [Access(Right.Payment)]
    [Summary("Prepares an exchange between two foreign currencies.", Details = "The amount is in the currency that is bought. Then confirm it at this rate, or ask for a preferential one.")]
    [Body<ExchangeRequest>]
    [Answers<ExchangeQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<ExchangeCurrencyWrong>, Refuses<AccountNotFound>]
    [Refuses<NoAccountInCurrency>, Refuses<AccountCurrencyMismatch>, Refuses<RatesStale>, Refuses<ExchangeRateMissing>, Refuses<ExchangeAmountTooSmall>]
    [Refuses<BalanceTooLarge>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/exchanges/convert/quotes")] HttpRequest request) =>
        ExchangeQuoting.RunAsync(quote, FxOperation.Convert, request);
}

internal static class ExchangeQuoting
{
    public static Task<IResult> RunAsync(QuoteExchange quote, FxOperation operation, HttpRequest request) =>
        request.ReadBody<ExchangeRequest>()
            .Then(body => body.ToWish(operation, request))
            .Then(async wish => (await quote.RunAsync(wish, request.HttpContext.RequestAborted)).Match<Result<SealedQuote<ExchangeTerms>>>(
                quoted => quoted, error => error is Invalid fault ? new InvalidInput([fault]) : error))
            .Respond(quoted => TypedResults.Ok(ExchangeQuoteResponse.From(quoted)));
}

public sealed record ExchangeRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("The account to credit.")] Guid ToAccountId,
    [property: Example("""{"amount":"100.00","currency":"EUR"}""")] AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces; on both statements."), Example("Pushime")] string? Details = null)
{
    public Result<ExchangeWish> ToWish(FxOperation operation, HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var details = input.Take(Banking.Text.Description.FindOptional(Details, "/details", request.DescriptionLetters()));
        return input.Result(() => new ExchangeWish(request.Customer(), operation, new AccountId(FromAccountId), new AccountId(ToAccountId), amount, details));
    }
}

[Description("A prepared exchange. Confirm it before it expires, or ask for a preferential rate.")]
public sealed record ExchangeQuoteResponse(
    string QuoteId,
    FxOperation Operation,
    Guid FromAccountId,
    Guid ToAccountId,
    [property: Description("As it was entered.")] Money Amount,
    [property: Description("What leaves the account.")] Money Debit,
    [property: Description("What arrives on the other.")] Money Credit,
    [property: Description("Units of the other currency for one of the amount's."), Example("98.90")] string ExchangeRate,
    string? Details,
    ConfirmationResponse Confirmation,
    [property: Description("The rate holds until then.")] Instant ExpiresAt)
{
    public static ExchangeQuoteResponse From(SealedQuote<ExchangeTerms> quote) => new(
        quote.Text, quote.Content.Operation, quote.Content.From.Value, quote.Content.To.Value, quote.Content.Amount, quote.Content.Debit, quote.Content.Credit,
        RateText.Of(quote.Content.Rate), quote.Content.Details, ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}
