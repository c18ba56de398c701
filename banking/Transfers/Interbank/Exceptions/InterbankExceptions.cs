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

/// <summary>The list that staff work through. Table InterbankExceptions: one partition, newest first.</summary>
/// <remarks>Ids are derived from what is reported, so that a repeated report is one row.</remarks>
internal sealed class InterbankExceptions(BankTables tables, TimeProvider time)
{
    public const string Table = "InterbankExceptions";
    private const string Partition = "open";

    public async Task ReportAsync(InterbankExceptionKind kind, string reference, string detail, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var id = StableGuid.Of("interbank_exception", kind.ToString(), reference, detail);
        await tables.Open(Table).UpsertEntityAsync(
            new TableEntity(Partition, id.ToString("N")) { ["Kind"] = kind.ToString(), ["Reference"] = reference, ["Detail"] = detail, ["At"] = now },
            TableUpdateMode.Replace, cancellation);
    }

    public async Task<IReadOnlyList<InterbankException>> ListAsync(int most, CancellationToken cancellation)
    {
        var found = new List<InterbankException>();
        await foreach (var row in tables.Open(Table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            found.Add(new InterbankException(
                Guid.ParseExact(row.RowKey, "N"), Enum.Parse<InterbankExceptionKind>(row.GetString("Kind")!), row.GetString("Reference")!, row.GetString("Detail")!,
                Instant.FromDateTimeOffset(row.GetDateTimeOffset("At")!.Value)));
            if (found.Count == most)
                break;
        }

        return [.. found.OrderByDescending(one => one.At)];
    }

    public async Task RemoveAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            await tables.Open(Table).DeleteEntityAsync(Partition, id.ToString("N"), ETag.All, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }
    }
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
