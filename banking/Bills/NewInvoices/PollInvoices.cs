using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Asks one company for the invoices of some client accounts and announces the new ones (BILL-10, BILL-25).</summary>
public sealed class PollInvoices
{
    private readonly PollingTable polling;
    private readonly BillerClient billers;
    private readonly InvoiceTable invoices;
    private readonly AnnounceInvoices announce;
    private readonly TimeProvider time;

    internal PollInvoices(PollingTable polling, BillerClient billers, InvoiceTable invoices, AnnounceInvoices announce, TimeProvider time) =>
        (this.polling, this.billers, this.invoices, this.announce, this.time) = (polling, billers, invoices, announce, time);

    /// <returns>How many accounts got an answer. An account without one is asked for again at the next run.</returns>
    public async Task<int> RunAsync(InvoicePoll poll, CancellationToken cancellation)
    {
        var answered = 0;
        foreach (var code in poll.ClientCodes)
        {
            if (await PollAsync(new ClientAccount(new CompanyId(poll.Company), code), cancellation))
                answered++;
        }

        return answered;
    }

    private async Task<bool> PollAsync(ClientAccount account, CancellationToken cancellation)
    {
        // Read before the subscribers: its ETag then tells whether one came while there seemed to be none. A young row may be the one of a
        // contract that is being registered, and stays.
        if (await polling.FindAsync(account, cancellation) is not { } row)
            return true;
        if (await announce.FindAudienceAsync(account, cancellation) is not { Count: > 0 } audience)
        {
            if (IndexRows.IsAbandoned(row.SubscribedAt, time.GetUtcNow()))
                await polling.DropAsync(row, cancellation);
            return true;
        }

        var unpaid = await billers.ListUnpaidAsync(account, cancellation);
        if (!unpaid.IsSuccess)
            return unpaid.Error is not CompanyUnavailable;

        await announce.RunAsync(audience, unpaid.Value.Invoices, cancellation);
        var known = await invoices.ReadAsync(account, cancellation);
        await invoices.RecordAsync(known, unpaid.Value, Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
        return true;
    }
}
