using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

[Description("A request for a preferential rate, as it stands.")]
public sealed record RateRequestResponse(
    Guid Id,
    [property: Description("Which kind of exchange.")] FxOperation Kind,
    RateRequestState Status,
    Guid FromAccountId,
    Guid ToAccountId,
    [property: Description("In the currency that is bought, or sold.")] Money Amount,
    [property: Description("The other currency."), Example("ALL")] string OtherCurrency,
    [property: Description("The bank's rate when it was asked."), Example("98.90")] string RateWhenAsked,
    string? Details,
    Instant AskedAt,
    [property: Description("By the treasury; null before."), Example("98.40")] string? ConfirmedRate,
    [property: Description("Of the confirmed rate.")] Instant? ValidUntil,
    [property: Description("Why it was rejected; null else.")] string? Reason,
    [property: Description("What was exchanged; null before.")] CompletedExchangeResponse? Exchange,
    [property: Description("What is waited for; null when the request is at its end.")] AwaitedResponse? Awaited,
    IReadOnlyList<RateRequestAction> Actions,
    [property: Description("Every status it has had, oldest first.")] IReadOnlyList<RateRequestStepResponse> Timeline)
{
    public static RateRequestResponse From(RateRequest it) => new(
        it.Id, it.Operation, it.State, it.From.Value, it.To.Value, it.Amount, it.Other.Code, RateText.Of(it.CurrentRate), it.Details, it.AskedAt,
        it.Rate is { } rate ? RateText.Of(rate) : null, it.ValidUntil, it.Reason,
        it is { State: RateRequestState.Completed, Completion: { } done } ? new CompletedExchangeResponse(done.Amount, done.Debit, done.Credit) : null,
        AwaitedResponse.Of(it), ActionsOf(it), [.. it.Timeline.Select(step => new RateRequestStepResponse(step.State, step.At))]);

    private static IReadOnlyList<RateRequestAction> ActionsOf(RateRequest it) => it.State switch
    {
        RateRequestState.Submitted => [RateRequestAction.Cancel],
        RateRequestState.Confirmed => [RateRequestAction.Cancel, RateRequestAction.Complete],
        _ => [],
    };
}

public enum RateRequestAction
{
    Cancel,
    Complete,
}

public sealed record RateRequestStepResponse(RateRequestState Status, Instant At);

public sealed record CompletedExchangeResponse(Money Amount, Money Debit, Money Credit);

[Description("What is waited for, from whom, and until when.")]
public sealed record AwaitedResponse([property: Example("decision")] string What, [property: Example("treasury")] string From, [property: Description("Then the request expires.")] Instant Until)
{
    public static AwaitedResponse? Of(RateRequest it) => it.State switch
    {
        RateRequestState.Submitted => new AwaitedResponse("decision", "treasury", it.DecideBy),
        RateRequestState.Confirmed => new AwaitedResponse("completion", "customer", it.ValidUntil!.Value),
        _ => null,
    };
}

[Description("The same for the treasury.")]
public sealed record DeskRateRequestResponse(
    string CustomerNumber,
    CustomerSegment Segment,
    [property: Description("At the rates of the day it was asked.")] Money EuroEquivalent,
    [property: Description("Of the present board; null when it has none of these currencies."), Example("98.90")] string? CurrentRate,
    [property: Description("The member of staff who decided; null before.")] string? DecidedBy,
    RateRequestResponse Request)
{
    public static DeskRateRequestResponse From(RateRequest it, RateBoard? board) => new(
        it.Customer.Value, it.Segment, it.EuroEquivalent,
        board?.RateOf(it.Operation, it.Amount.Currency, it.Other) is { } rate ? RateText.Of(rate) : null, it.DecidedBy, RateRequestResponse.From(it));
}
