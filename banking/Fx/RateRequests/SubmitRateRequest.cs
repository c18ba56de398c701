using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Fx;

/// <param name="Id">Made by the client; sent again with every retry.</param>
/// <param name="QuoteId">Of the prepared exchange.</param>
public sealed record RateRequestWish(CustomerId Customer, Guid Id, string QuoteId);

/// <summary>Takes a request for a preferential rate for a prepared exchange (FX-10).</summary>
public sealed class SubmitRateRequest
{
    private readonly SealedQuotes quotes;
    private readonly RateBoards boards;
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;
    private readonly FindContactDetails contacts;
    private readonly IOptionsMonitor<FxOptions> options;

    internal SubmitRateRequest(
        SealedQuotes quotes, RateBoards boards, RateRequestTable table, RateRequestCourse course, FindContactDetails contacts, IOptionsMonitor<FxOptions> options) =>
        (this.quotes, this.boards, this.table, this.course, this.contacts, this.options) = (quotes, boards, table, course, contacts, options);

    /// <returns>The request as it was taken: start its workflow. Or, first match: <see cref="RateRequestExists"/> (somebody else's id last), <see cref="QuoteNotFound"/>, <see cref="QuoteExpired"/>,
    /// <see cref="RatesStale"/>, <see cref="ExchangeRateMissing"/>, <see cref="BelowExchangeMinimum"/>, <see cref="RateRequestOpen"/>, <see cref="RateRequestBusy"/>.</returns>
    public async Task<Result<RateRequest>> RunAsync(RateRequestWish wish, CancellationToken cancellation)
    {
        var hash = RowSeal.Hex(wish.QuoteId);
        if (await table.FindAsync(wish.Id, cancellation) is { } earlier && earlier.It.Customer == wish.Customer)
            return Repeat(earlier, wish, hash);

        var opened = quotes.OpenEvenExpired<ExchangeTerms>(wish.Customer, QuoteExchange.Purpose, wish.QuoteId);
        if (!opened.IsSuccess)
            return opened.Error;
        if (opened.Value.ExpiresAt <= course.Now)
            return new QuoteExpired(opened.Value.ExpiresAt);
        var standing = (await boards.StandingAsync(cancellation)).Require();
        if (!standing.IsSuccess)
            return standing.Error;

        var (terms, board) = (opened.Value.Content, standing.Value);
        if (board.RateOf(terms.Operation, terms.Amount.Currency, terms.Other) is not { } rate || board.EurosFor(terms.Amount.Currency) is not { } euros)
            return new ExchangeRateMissing(terms.Debit.Currency.Code, terms.Credit.Currency.Code);
        var minimum = ExchangeMath.Equivalent(options.CurrentValue.Minimum, terms.Amount.Currency, euros);
        if (terms.Amount < minimum)
            return new BelowExchangeMinimum(minimum);

        var request = new RateRequest(
            wish.Id, wish.Customer, (await contacts.RunAsync(wish.Customer, cancellation))?.Segment ?? default, terms.Operation, terms.From, terms.To, terms.Amount,
            terms.Other, rate, euros, minimum, terms.Details, course.EndOfBusinessDay, [new RateRequestStep(RateRequestState.Submitted, course.Now)]);
        return await table.AddAsync(request, hash, cancellation) is not { } obstacle ? request
            : obstacle.Same is { } same ? Repeat(same, wish, hash)
            : obstacle.Error!;
    }

    private static Result<RateRequest> Repeat(RateRequestRecord first, RateRequestWish wish, string hash) =>
        first.It.Customer == wish.Customer && first.QuoteHash == hash
            ? first.It with { Timeline = [first.It.Timeline[0]], Rate = null, ValidUntil = null, DecidedBy = null, Reason = null, Completion = null }
            : new RateRequestExists();
}

/// <summary>A customer's requests, as they stand.</summary>
public sealed class FindRateRequests
{
    private readonly RateRequestTable table;
    private readonly RateRequestCourse course;
    private readonly IOptionsMonitor<FxOptions> options;

    internal FindRateRequests(RateRequestTable table, RateRequestCourse course, IOptionsMonitor<FxOptions> options) =>
        (this.table, this.course, this.options) = (table, course, options);

    /// <returns>Or <see cref="RateRequestNotFound"/>, also for somebody else's.</returns>
    public async Task<Result<RateRequest>> RunAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { } record && record.It.Customer == customer ? record.It.SeenAt(course.Now) : new RateRequestNotFound();

    /// <summary>Newest first.</summary>
    public async Task<Page<RateRequest>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var found = await table.ListAsync(customer, page, cancellation);
        return found with { Items = [.. found.Items.Select(it => it.SeenAt(course.Now))] };
    }

    /// <returns>How many wait for the treasury, and how many for the customer.</returns>
    public async Task<(int Submitted, int Confirmed)> CountAsync(CustomerId customer, CancellationToken cancellation)
    {
        var open = (await table.ListOpenAsync(customer, cancellation)).Select(it => it.SeenAt(course.Now).State).ToList();
        return (open.Count(state => state == RateRequestState.Submitted), open.Count(state => state == RateRequestState.Confirmed));
    }

    /// <summary>What is not at its end, the oldest first: the treasury's queue (FX-23). A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<RateRequest>> ListOpenAsync(PageRequest page, CancellationToken cancellation)
    {
        List<RateRequest> found = [];
        string? last = null;
        await foreach (var (row, _, id) in table.OpenAsync(page.After ?? "", cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<RateRequest>(found, last);
            last = row;
            if (await table.FindAsync(id, cancellation) is { } record && record.It.SeenAt(course.Now) is { IsFinal: false } it)
                found.Add(it);
        }

        return new Page<RateRequest>(found, null);
    }

    /// <summary>The confirmed request that the customer is about to complete, with what the amount may be (FX-14).</summary>
    /// <returns>Or, first match: <see cref="RateRequestNotFound"/>, <see cref="RateExpired"/>, <see cref="RateRequestNotConfirmed"/>.</returns>
    public async Task<Result<(RateRequest Request, Money Lowest, Money Highest)>> StartCompletionAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        (await RunAsync(customer, id, cancellation)).Then<(RateRequest, Money, Money)>(it =>
        {
            if (it.ValidUntil is { } until && (it.State == RateRequestState.Expired || (it.State == RateRequestState.Confirmed && until <= course.Now)))
                return new RateExpired(until);
            if (it.State != RateRequestState.Confirmed)
                return new RateRequestNotConfirmed(it.State);
            var (lowest, highest) = CompletionLimits.Of(it, options.CurrentValue);
            return (it, lowest, highest);
        });
}

/// <summary>What the amount may be at completion: so much more or less than asked for, and never below the floor of the day of asking (FX-15, FX-19). Both ends are allowed.</summary>
internal static class CompletionLimits
{
    public static (Money Lowest, Money Highest) Of(RateRequest it, FxOptions options)
    {
        var percent = it.Segment == CustomerSegment.Business ? options.BusinessTolerancePercent : options.IndividualTolerancePercent;
        var less = decimal.ToInt64(decimal.Ceiling(it.Amount.Minor * (100m - percent) / 100));
        var more = decimal.ToInt64(decimal.Floor(it.Amount.Minor * (100m + percent) / 100));
        var currency = it.Amount.Currency;
        return (Money.OfMinor(Math.Max(less, it.Minimum.Minor), currency), Money.OfMinor(more, currency));
    }
}
