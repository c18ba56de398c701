using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="Language">In which it is written, where it has words.</param>
public sealed record StatementOrder(CustomerId Customer, AccountId Account, LocalDate Start, LocalDate End, StatementFormat Format, Language Language);

/// <summary>A statement that was ordered.</summary>
/// <param name="JobId">By which a long one is asked for later; null for one that is ready at once.</param>
/// <param name="Document">Null while it is being made.</param>
public sealed record OrderedStatement(StatementReference Reference, Money Opening, Money Closing, Guid? JobId, DocumentReference? Document);

/// <summary>Makes the statement of a period in one of the formats (ACC-06, ACC-07): at once, or in the background when it is long (ACC-19).</summary>
public sealed class OrderStatement
{
    private readonly CutStatement cut;
    private readonly ReadStatement read;
    private readonly StatementJobs jobs;
    private readonly TimeProvider time;

    internal OrderStatement(CutStatement cut, ReadStatement read, StatementJobs jobs, TimeProvider time) =>
        (this.cut, this.read, this.jobs, this.time) = (cut, read, jobs, time);

    /// <returns>The statement; or the errors of <see cref="CutStatement"/>, of the members <c>/startDate</c> and <c>/endDate</c>.</returns>
    public async Task<Result<OrderedStatement>> RunAsync(StatementOrder order, CancellationToken cancellation)
    {
        var found = await cut.RunAsync(order.Customer, order.Account, order.Start, order.End, "/startDate", "/endDate", cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var (account, span) = found.Value;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var isLong = span.Count > StatementRenderer.LinesAtOnce;

        // A long one that is ordered again on the same day is the same one.
        var madeAt = isLong ? now.InZone(BankTime.Tirane).Date.AtStartOfDayInZone(BankTime.Tirane).ToInstant() : now;
        var reference = new StatementReference(order.Account, order.Start, order.End, span.First, span.Last, madeAt, order.Format);
        var (opening, closing) = await read.BalancesAsync(account, span, cancellation);
        var document = reference.DocumentOf(order.Customer, order.Language);
        if (!isLong)
            return new OrderedStatement(reference, opening, closing, null, document);

        var job = await jobs.BeginAsync(new StatementJob(reference.JobId, order.Customer, reference, order.Language, opening, closing, now, IsReady: false), cancellation);
        return job.ToOrdered();
    }
}
