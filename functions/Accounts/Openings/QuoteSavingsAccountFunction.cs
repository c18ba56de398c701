using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class QuoteSavingsAccountFunction(QuoteOpening quote)
{
    [Function("Accounts_QuoteSavingsAccount")]
    [Access(Right.Payment)]
    [Summary("Prepares a savings account with its first money: debit, rate where currencies differ, and the terms to be accepted.")]
    [Body<QuoteSavingsAccountRequest>]
    [Answers<OpeningQuoteResponse>]
    [Refuses<CurrencyNotOffered>, Refuses<NameRequired>, Refuses<InvalidAccountName>, Refuses<LogoUnknown>, Refuses<EmailInvalid>, Refuses<FrequencyRequired>]
    [Refuses<DayOutOfRange>, Refuses<StatementsNotWanted>, Refuses<TooManyAccounts>, Refuses<TooManyOpenings>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<ExchangeRateMissing>, Refuses<BelowMinimum>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/accounts/openings/savings/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteSavingsAccountRequest>()
            .Then(body => body.ToWish(request.Customer(), AcceptLanguage.Of(request)))
            .Then(wish => quote.RunAsync(wish, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(OpeningQuoteResponse.From(quoted)));
}
