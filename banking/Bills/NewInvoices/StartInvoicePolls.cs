using Serverless.Banking.Messages;

namespace Serverless.Banking.Bills;

/// <summary>Splits the asking for new invoices into batches of one company each (BILL-10, BILL-25).</summary>
/// <remarks>
/// A client account stands in the list once, however many customers registered it, so it is asked for once per run. A company that fails
/// fails its own batches.
/// </remarks>
public sealed class StartInvoicePolls
{
    /// <summary>Small enough that a batch is done well within a message's lock.</summary>
    public const int BatchSize = 20;

    private readonly CompanyCatalogue companies;
    private readonly PollingTable polling;
    private readonly IWorkMessages messages;

    internal StartInvoicePolls(CompanyCatalogue companies, PollingTable polling, IWorkMessages messages) =>
        (this.companies, this.polling, this.messages) = (companies, polling, messages);

    /// <returns>How many client accounts are asked for.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var count = 0;
        foreach (var company in companies.Active)
        {
            await messages.HandOutAsync(
                WorkQueues.InvoicePolls,
                polling.ListAsync(company.Id, cancellation).Chunk(BatchSize).Select(batch =>
                {
                    count += batch.Length;
                    return new InvoicePoll(company.Id.Value, batch);
                }),
                cancellation);
        }

        return count;
    }
}

/// <summary>The message that asks for the invoices of some client accounts of one company.</summary>
public sealed record InvoicePoll(string Company, IReadOnlyList<string> ClientCodes);
