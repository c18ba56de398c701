using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class QuoteCompletionFunction(QuoteCompletion quote)
{
    [Function("Fx_QuoteCompletion")]
    [Access(Right.Payment)]
    [Summary("Prepares the completion of a confirmed request, with the amount as it was asked for or another within the limits.")]
    [Body<CompletionRequest>]
    [Answers<CompletionQuoteResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateExpired>, Refuses<RateRequestNotConfirmed>, Refuses<AccountCurrencyMismatch>, Refuses<ExchangeAmountOutOfLimits>]
    [Refuses<BalanceTooLarge>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/rate-requests/{requestId:guid}/completion/quotes")] HttpRequest request, Guid requestId) =>
        request.ReadBody<CompletionRequest>()
            .Then(body => body.Read())
            .Then(amount => quote.RunAsync(request.Customer(), requestId, amount.Money, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(CompletionQuoteResponse.From(quoted)));
}

public sealed record CompletionRequest([property: Description("As it was asked for when left out."), Example("""{"amount":"20000.00","currency":"EUR"}""")] AmountDto? Amount = null)
{
    internal Result<(Money? Money, bool IsGiven)> Read()
    {
        var input = new Input();
        var amount = Amount is null ? null : input.Money("/amount", Amount);
        return input.Result(() => (amount, Amount is not null));
    }
}

[Description("A prepared completion. Confirm it before it expires.")]
public sealed record CompletionQuoteResponse(
    string QuoteId,
    Money Amount,
    [property: Description("What leaves the account.")] Money Debit,
    [property: Description("What arrives on the other.")] Money Credit,
    [property: Example("98.40")] string ExchangeRate,
    ConfirmationResponse Confirmation,
    [property: Description("With the confirmed rate at the latest.")] Instant ExpiresAt)
{
    public static CompletionQuoteResponse From(SealedQuote<CompletionTerms> quote) => new(
        quote.Text, quote.Content.Amount, quote.Content.Debit, quote.Content.Credit, RateText.Of(quote.Content.Rate), ConfirmationResponse.From(quote.Demand!),
        quote.ExpiresAt);
}
