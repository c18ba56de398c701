using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Salaries;

/// <summary>Which credits of an account are salaries: those that the payer's bank has marked so (purpose <c>SALA</c> of ISO 20022). Table salaries, partition = account.</summary>
/// <remarks>A note is written before its credit is booked, and counts only when that is in the books: the ledger says how much it was.</remarks>
internal sealed class SalaryNotes(BankTables tables)
{
    public const string Name = "salaries";

    /// <summary>External purpose code list of ISO 20022: "Transaction is the payment of salaries".</summary>
    public const string Purpose = "SALA";

    private TableClient Table => tables.Open(Name);

    /// <summary>The first moment stays when the message comes again.</summary>
    public Task NoteAsync(AccountId account, TransactionId transaction, Instant at, CancellationToken cancellation) => Table.TryAddAsync(
        new TableEntity(account.Value.ToString("N"), transaction.Value.ToString("N")) { ["At"] = at.ToUnixTimeMilliseconds() }, cancellation);

    public async IAsyncEnumerable<TransactionId> SinceAsync(AccountId account, Instant since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {account.Value.ToString("N")} and At ge {since.ToUnixTimeMilliseconds()}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return new TransactionId(Guid.ParseExact(row.RowKey, "N"));
    }
}
