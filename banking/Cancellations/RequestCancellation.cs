using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Banking.Turnovers;

namespace Serverless.Banking.Cancellations;

/// <param name="RequestHash">Tells a retry from another request under the same key.</param>
public sealed record CancellationRequest(CustomerId Customer, Guid Number, string Reason, IdempotencyKey Key, string RequestHash);

/// <summary>Takes a request to cancel a payment (EKL-18).</summary>
/// <remarks>The index row, then the request; the e-mail is the workflow's first step, which the sweeper starts for who was killed before.</remarks>
public sealed class RequestCancellation
{
    private readonly FindOrderedPayment find;
    private readonly CancellationTable table;
    private readonly TimeProvider time;

    internal RequestCancellation(FindOrderedPayment find, CancellationTable table, TimeProvider time) => (this.find, this.table, this.time) = (find, table, time);

    /// <returns>The request as it was taken: start its workflow. Or, first match: <see cref="OrderedPaymentNotFound"/>, <see cref="IdempotencyKeyReused"/>,
    /// <see cref="CancellationExists"/>, <see cref="PaymentNotCancellable"/>.</returns>
    public async Task<Result<Cancellation>> RunAsync(CancellationRequest wanted, CancellationToken cancellation)
    {
        var finding = table.FindAsync(wanted.Customer, wanted.Number, cancellation);
        var payment = await find.RunAsync(wanted.Customer, wanted.Number, cancellation);
        if (await finding is { } earlier)
            return Repeat(earlier, wanted);
        if (!payment.IsSuccess)
            return payment.Error;
        if (payment.Value.State is "rejected" or "returned" or "failed")
            return new PaymentNotCancellable(payment.Value.State);

        var now = time.NowToTheMillisecond();
        var request = new Cancellation(wanted.Customer, wanted.Number, wanted.Reason, null, null, null, [new CancellationStep(CancellationState.Requested, now)]);
        if (await table.AddAsync(request, KeyOf(wanted.Key), wanted.RequestHash, cancellation))
            return request;

        // A twin was quicker; its own row of the index stays, this one's points at the same request.
        var first = (await table.FindAsync(wanted.Customer, wanted.Number, cancellation))!;
        if (first.It.RequestedAt != now)
            await table.CloseAsync(request, cancellation);
        return Repeat(first, wanted);
    }

    private static string KeyOf(IdempotencyKey key) => TransactionId.Derive("cancellation key", key.Value).ToString();

    private static Result<Cancellation> Repeat(CancellationRecord first, CancellationRequest wanted) =>
        first.Key != KeyOf(wanted.Key) ? new CancellationExists(first.It.State)
        : first.RequestHash != wanted.RequestHash ? new IdempotencyKeyReused()
        : first.It with { Timeline = [first.It.Timeline[0]], Refusal = null, RefusalReason = null, DecidedBy = null };
}

/// <summary>A customer's request about one payment, as it stands.</summary>
public sealed class FindCancellation
{
    private readonly CancellationTable table;

    internal FindCancellation(CancellationTable table) => this.table = table;

    /// <returns>Or <see cref="CancellationNotFound"/>.</returns>
    public async Task<Result<Cancellation>> RunAsync(CustomerId customer, Guid number, CancellationToken cancellation) =>
        await table.FindAsync(customer, number, cancellation) is { } record ? record.It : new CancellationNotFound();

    /// <summary>What is not at its end, the oldest first. A page may have fewer items than asked for and still a next one.</summary>
    public async Task<Page<Cancellation>> ListOpenAsync(PageRequest page, CancellationToken cancellation)
    {
        List<Cancellation> found = [];
        string? last = null;
        await foreach (var (row, customer, number) in table.OpenAsync(page.After ?? "", cancellation))
        {
            if (found.Count == page.Limit)
                return new Page<Cancellation>(found, last);
            last = row;
            if (await table.FindAsync(customer, number, cancellation) is { It: { IsFinal: false } it })
                found.Add(it);
        }

        return new Page<Cancellation>(found, null);
    }
}
