using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public sealed class ShowMenuFunction(FindRateRequests find)
{
    [Function("Fx_ShowMenu")]
    [Access(Right.Info)]
    [Summary("What can be done about exchange, and how many requests for a preferential rate are open.")]
    [Answers<FxMenuResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx")] HttpRequest request)
    {
        var (submitted, confirmed) = await find.CountAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new FxMenuResponse(["rates", "buy", "sell", "convert", "my_requests"], submitted + confirmed, confirmed));
    }
}

public sealed record FxMenuResponse(
    IReadOnlyList<string> Operations,
    [property: Description("Requests that are not at their end.")] int OpenRequests,
    [property: Description("Those of them that are confirmed and wait for the customer.")] int ConfirmedRequests);

public sealed class SubmitRateRequestFunction(SubmitRateRequest submit, StartRateRequest workflow)
{
    [Function("Fx_SubmitRateRequest")]
    [Access(Right.Payment)]
    [NotConfirmed("It orders nothing: the customer completes it, or not, when the bank has named a rate.")]
    [Summary("Asks for a preferential rate for a prepared exchange.",
        Details = "The id is made by the client and sent again with every retry. At least 10,000 EUR or as much in another currency; one open request for each pair of "
            + "currencies in a direction. No money is held.")]
    [Body<SubmitRateRequestBody>]
    [Answers<RateRequestResponse>(201)]
    [Refuses<RateRequestExists>, Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<RatesStale>, Refuses<ExchangeRateMissing>, Refuses<BelowExchangeMinimum>]
    [Refuses<RateRequestOpen>, Refuses<RateRequestBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/fx/rate-requests/{requestId:guid}")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<SubmitRateRequestBody>()
            .Then(body => submit.RunAsync(new RateRequestWish(request.Customer(), requestId, body.QuoteId), request.HttpContext.RequestAborted))
            .Then(taken => workflow.OfAsync(client, taken))
            .Respond(taken => TypedResults.Created($"/api/v1/fx/rate-requests/{taken.Id}", RateRequestResponse.From(taken)));
}

public sealed record SubmitRateRequestBody(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("Of the prepared purchase, sale or conversion.")] string QuoteId);

public sealed class ListRateRequestsFunction(FindRateRequests find)
{
    [Function("Fx_ListRateRequests")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The caller's requests for a preferential rate, newest first.")]
    [Answers<PageResponse<RateRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests")] HttpRequest request) =>
        find.ListAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, RateRequestResponse.From);
}

public sealed class GetRateRequestFunction(FindRateRequests find)
{
    [Function("Fx_GetRateRequest")]
    [Access(Right.Info)]
    [Summary("One request for a preferential rate: what has happened, what is awaited, from whom, until when.")]
    [Answers<RateRequestResponse>]
    [Refuses<RateRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests/{requestId:guid}")] HttpRequest request, Guid requestId) =>
        find.RunAsync(request.Customer(), requestId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(RateRequestResponse.From(found)));
}

public sealed class CancelRateRequestFunction(CancelRateRequest cancel, StartRateRequest workflow)
{
    [Function("Fx_CancelRateRequest")]
    [Access(Right.Payment)]
    [NotConfirmed("It takes a wish back; nothing is paid.")]
    [Summary("Cancels a request for a preferential rate; cancelling it twice gives the same answer.")]
    [Answers<RateRequestResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateRequestFinal>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/rate-requests/{requestId:guid}/cancellation")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        cancel.RunAsync(request.Customer(), requestId, request.HttpContext.RequestAborted)
            .Then(cancelled => workflow.WakeAsync(client, cancelled))
            .Respond(cancelled => TypedResults.Ok(RateRequestResponse.From(cancelled)));
}

public sealed class StartCompletionFunction(FindRateRequests find)
{
    [Function("Fx_StartCompletion")]
    [Access(Right.Info)]
    [Summary("The details of a confirmed request that the customer is about to complete.", Details = "The amount may be changed within the limits, the accounts may not.")]
    [Answers<CompletionResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateExpired>, Refuses<RateRequestNotConfirmed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests/{requestId:guid}/completion")] HttpRequest request, Guid requestId) =>
        find.StartCompletionAsync(request.Customer(), requestId, request.HttpContext.RequestAborted)
            .Respond(started => TypedResults.Ok(CompletionResponse.From(started.Request, started.Lowest, started.Highest)));
}

public sealed record CompletionResponse(
    FxOperation Kind,
    Guid FromAccountId,
    Guid ToAccountId,
    Money Amount,
    [property: Description("The least that may be exchanged.")] Money Lowest,
    [property: Description("The most that may be exchanged.")] Money Highest,
    [property: Example("98.40")] string ConfirmedRate,
    Instant ValidUntil)
{
    public static CompletionResponse From(RateRequest it, Money lowest, Money highest) => new(
        it.Operation, it.From.Value, it.To.Value, it.Amount, lowest, highest, RateText.Of(it.Rate!.Value), it.ValidUntil!.Value);
}

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

public sealed class CompleteRateRequestFunction(CompleteRateRequest complete, StartRateRequest workflow)
{
    [Function("Fx_CompleteRateRequest")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("preferential_exchange")]
    [Summary("Exchanges at the confirmed rate: both balances have changed when it answers; a second confirm gives the first result.")]
    [Body<ConfirmExchangeRequest>]
    [Answers<RateRequestResponse>(201)]
    [Refuses<RateRequestNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<RateExpired>, Refuses<RateRequestNotConfirmed>, Refuses<QuoteExpired>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    [Refuses<RateRequestBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/rate-requests/{requestId:guid}/completion")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<ConfirmExchangeRequest>()
            .Then(body => complete.RunAsync(
                new CompletionConfirmation(request.Customer(), requestId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId), request.HttpContext.RequestAborted))
            .Then(done => workflow.WakeAsync(client, done))
            .Respond(done => TypedResults.Created($"/api/v1/fx/rate-requests/{done.Id}", RateRequestResponse.From(done)));
}
