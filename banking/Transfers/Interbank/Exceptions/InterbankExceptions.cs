using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Interbank;

/// <summary>Something between banks that a person has to look at. Ids only: the details are in the books and the messages.</summary>
/// <param name="Reference">The transfer's or the incoming payment's id, or a message id.</param>
public sealed record InterbankException(Guid Id, InterbankExceptionKind Kind, string Reference, string Detail, Instant At);

public enum InterbankExceptionKind
{
    /// <summary>The network is silent beyond the deadline. The hold stays.</summary>
    NoAnswer,

    /// <summary>An answer about a payment that this bank did not send.</summary>
    UnknownOriginal,

    /// <summary>The network contradicts its own final answer. The first one stands.</summary>
    ContradictoryAnswer,

    /// <summary>Money came back for a payment that was rejected or had come back before.</summary>
    UnexpectedReturn,

    /// <summary>The name in an incoming payment is not at all that of the account's owner. It was credited: the IBAN decides.</summary>
    NameDiffers,

    /// <summary>An incoming payment that no account can take; it goes back by itself.</summary>
    ReturnedIncoming,

    /// <summary>The same message id with other content.</summary>
    MessageReused,

    /// <summary>A returned payment whose account cannot take it any more: on suspense.</summary>
    ReturnOnSuspense,

    /// <summary>The network has accepted a payment that the account cannot be debited for (blocked meanwhile). It is tried again until it can.</summary>
    NotPostable,
}

/// <summary>The list that staff work through. Table InterbankExceptions: partition <c>open</c>; partition <c>done</c>: what was done about them, and by whom.</summary>
/// <remarks>Ids are derived from what is reported, so that a repeated report is one row; what is reported again after it was done is open again.</remarks>
internal sealed class InterbankExceptions(BankTables tables, TimeProvider time)
{
    public const string Table = "InterbankExceptions";
    private const string Partition = "open";
    private const string Done = "done";

    public async Task ReportAsync(InterbankExceptionKind kind, string reference, string detail, CancellationToken cancellation)
    {
        var id = StableGuid.Of("interbank_exception", kind.ToString(), reference, detail);
        var one = new InterbankException(id, kind, reference, detail, Instant.FromDateTimeOffset(time.GetUtcNow()));
        await tables.Open(Table).UpsertEntityAsync(ToRow(Partition, one), TableUpdateMode.Replace, cancellation);
    }

    public async Task<IReadOnlyList<InterbankException>> ListAsync(int most, CancellationToken cancellation)
    {
        var found = new List<InterbankException>();
        await foreach (var row in tables.Open(Table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            found.Add(From(row));
            if (found.Count == most)
                break;
        }

        return [.. found.OrderByDescending(one => one.At)];
    }

    public async Task<InterbankException?> FindAsync(Guid id, CancellationToken cancellation) => await FindRowAsync(Partition, id, cancellation) is { } row ? From(row) : null;

    /// <returns>By whom; null when it was never done.</returns>
    public async Task<string?> FindDoneByAsync(Guid id, CancellationToken cancellation) => (await FindRowAsync(Done, id, cancellation))?.GetString("By");

    /// <summary>Kept before it is taken from the list: what a killed process leaves is done again.</summary>
    public async Task CloseAsync(InterbankException one, string by, string reason, CancellationToken cancellation)
    {
        var table = tables.Open(Table);
        var row = ToRow(Done, one);
        (row["By"], row["Reason"], row["DoneAt"]) = (by, reason, time.GetUtcNow());
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        await table.TryDeleteAsync(Partition, one.Id.ToString("N"), ETag.All, cancellation);
    }

    private async Task<TableEntity?> FindRowAsync(string partition, Guid id, CancellationToken cancellation)
    {
        var row = await tables.Open(Table).GetEntityIfExistsAsync<TableEntity>(partition, id.ToString("N"), null, cancellation);
        return row.HasValue ? row.Value : null;
    }

    private static TableEntity ToRow(string partition, InterbankException one) => new(partition, one.Id.ToString("N"))
    {
        ["Kind"] = one.Kind.ToString(),
        ["Reference"] = one.Reference,
        ["Detail"] = one.Detail,
        ["At"] = one.At.ToDateTimeOffset(),
    };

    private static InterbankException From(TableEntity row) => new(
        Guid.ParseExact(row.RowKey, "N"), Enum.Parse<InterbankExceptionKind>(row.GetString("Kind")!), row.GetString("Reference")!, row.GetString("Detail")!,
        Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value));
}

/// <summary>What staff have to look at between banks.</summary>
public sealed class ListInterbankExceptions
{
    private const int Most = 1000;

    private readonly InterbankExceptions exceptions;

    internal ListInterbankExceptions(InterbankExceptions exceptions) => this.exceptions = exceptions;

    /// <returns>Newest first, at most a thousand.</returns>
    public Task<IReadOnlyList<InterbankException>> RunAsync(CancellationToken cancellation) => exceptions.ListAsync(Most, cancellation);
}
