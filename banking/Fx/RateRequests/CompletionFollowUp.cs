using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

/// <summary>Completes the request of an exchange that is in the books, where its own process was killed.</summary>
internal sealed class CompletionFollowUp(RateRequestTable table, Func<RateRequestCourse> course) : IJournalFollowUp
{
    public string Kind => ExchangeJournal.Preferential;

    public async Task RunAsync(PostedJournal posted, CancellationToken cancellation)
    {
        if (await table.FindAsync(Guid.ParseExact(posted.Journal.Reference, "N"), cancellation) is { } record)
            await course().SettleAsync(record, cancellation);
    }
}
