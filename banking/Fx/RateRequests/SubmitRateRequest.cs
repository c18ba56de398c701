using Microsoft.Extensions.Options;
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
