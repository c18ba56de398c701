using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Calendar;
using Serverless.Banking.Deposits;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Deposits;

public sealed class QuoteDepositByProductFunction(DepositQuoting quoting)
{
    [Function("Deposits_QuoteByProduct")]
    [Access(Right.Payment)]
    [Summary("Prepares a deposit of a listed product: rate, maturity date, gain, final balance, and the terms to be accepted.")]
    [Body<DepositByProductRequest>]
    [Answers<DepositQuoteResponse>]
    [Refuses<DepositCurrencyNotOffered>, Refuses<RenewalNotWanted>, Refuses<RenewalTypeRequired>, Refuses<ProductNotAvailable>, Refuses<AccountNotFound>]
    [Refuses<AccountCurrencyMismatch>, Refuses<BelowMinimum>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/deposits/by-product/quotes")] HttpRequest request) =>
        request.ReadBody<DepositByProductRequest>().Then(body => quoting.RunAsync(request, body.ProductId, null, body.Common)).Respond(quote => TypedResults.Ok(quote));
}

public sealed class QuoteDepositByDateFunction(DepositQuoting quoting)
{
    [Function("Deposits_QuoteByMaturityDate")]
    [Access(Right.Payment)]
    [Summary("Prepares a deposit until a chosen day: rate, gain, final balance, and the terms to be accepted.",
        Details = "The list of products says which days can be chosen. On a day that is none for banks the deposit is paid on the next working day; interest is counted to the chosen day.")]
    [Body<DepositByDateRequest>]
    [Answers<DepositQuoteResponse>]
    [Refuses<DepositCurrencyNotOffered>, Refuses<RenewalNotWanted>, Refuses<RenewalTypeRequired>, Refuses<MaturityTooSoon>, Refuses<MaturityTooLate>, Refuses<AccountNotFound>]
    [Refuses<AccountCurrencyMismatch>, Refuses<BelowMinimum>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ProductNotAvailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/deposits/by-maturity-date/quotes")] HttpRequest request) =>
        request.ReadBody<DepositByDateRequest>().Then(body => quoting.RunAsync(request, null, body.MaturityDate, body.Common)).Respond(quote => TypedResults.Ok(quote));
}

public sealed record DepositByProductRequest(
    [property: MaxLength(40), Example("months-12"), Description("Of the list of products.")] string ProductId,
    [property: Example("""{"amount":"100000.00","currency":"ALL"}"""), Description("At least the currency's minimum.")] AmountDto Amount,
    [property: Description("The customer's own account, in the deposit's currency: it gives the money and gets it back.")] Guid FundingAccountId,
    bool AutoRenew,
    [property: Description("Required when it renews itself, else absent.")] RenewalType? RenewalType = null)
{
    internal DepositWords Common => new(Amount, FundingAccountId, AutoRenew, RenewalType);
}

public sealed record DepositByDateRequest(
    LocalDate MaturityDate,
    [property: Example("""{"amount":"100000.00","currency":"ALL"}"""), Description("At least the currency's minimum.")] AmountDto Amount,
    [property: Description("The customer's own account, in the deposit's currency: it gives the money and gets it back.")] Guid FundingAccountId,
    bool AutoRenew,
    [property: Description("Required when it renews itself, else absent.")] RenewalType? RenewalType = null)
{
    internal DepositWords Common => new(Amount, FundingAccountId, AutoRenew, RenewalType);
}

/// <summary>What both ways ask for.</summary>
internal sealed record DepositWords(AmountDto Amount, Guid FundingAccountId, bool AutoRenew, RenewalType? RenewalType);

/// <summary>The two ways of preparing a deposit share all but the period.</summary>
public sealed class DepositQuoting(QuoteDeposit quote, DepositRates rates, DepositTermsDocument terms, DownloadLinks links, BankCalendar calendar)
{
    internal async Task<Result<DepositQuoteResponse>> RunAsync(HttpRequest request, string? product, LocalDate? maturity, DepositWords words)
    {
        var input = new Input();
        var amount = input.Money("/amount", words.Amount);
        input.Check(amount is null || rates.IsOffered(amount.Currency), () => new DepositCurrencyNotOffered("/amount/currency"));
        input.Check(words.AutoRenew || words.RenewalType is null, () => new RenewalNotWanted("/renewalType"));
        var wish = input.Result(() => new DepositWish(
            request.Customer(), product, maturity, amount!, new AccountId(words.FundingAccountId), words.AutoRenew, words.RenewalType, AcceptLanguage.Of(request)));
        if (!wish.IsSuccess)
            return wish.Error;
        var quoted = await quote.RunAsync(wish.Value, request.HttpContext.RequestAborted);
        return quoted.Then(sealedQuote => DepositQuoteResponse.From(
            sealedQuote, calendar, DownloadResponse.From(links.Create(terms.Of(product, wish.Value.Customer, wish.Value.Language)))));
    }
}

[Description("A prepared deposit. Confirm it before it expires.")]
public sealed record DepositQuoteResponse(
    string QuoteId,
    string? ProductId,
    Money Amount,
    Guid FundingAccountId,
    [property: Description("A year's."), Example("1.40")] string InterestPercent,
    DepositPeriodResponse MaturityPeriod,
    LocalDate MaturityDate,
    [property: Description("The first working day from the maturity date on, as the calendar has it now: then it is paid or renewed.")] LocalDate SettledOn,
    bool AutoRenew,
    RenewalType? RenewalType,
    DepositGainResponse Gain,
    [property: Description("Amount and projected gain.")] Money FinalBalance,
    [property: Description("The terms to be read and accepted.")] DownloadResponse Terms,
    string TermsVersion,
    ConfirmationResponse Confirmation,
    [property: Description("After five minutes, and with the day at the latest.")] Instant ExpiresAt)
{
    internal static DepositQuoteResponse From(SealedQuote<DepositOffer> quote, BankCalendar calendar, DownloadResponse terms)
    {
        var (offer, term) = (quote.Content, quote.Content.Term);
        return new DepositQuoteResponse(
            quote.Text, offer.Product, term.Principal, offer.Funding.Value, DepositText.Percent(term.RatePercent), new DepositPeriodResponse(offer.Period.Months, term.Days),
            term.Matures, calendar.SameOrNext(term.Matures), offer.Renewal is not null, offer.Renewal, DepositGainResponse.From(term), term.Principal + term.Interest.Net,
            terms, offer.TermsVersion, ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
    }
}
