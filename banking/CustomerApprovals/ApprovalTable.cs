using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>The approvals in storage.</summary>
internal sealed class ApprovalTable(BankTables tables)
{
    private TableClient Table => tables.Open(ApprovalKeys.Table);

    public async Task<StoredApproval?> FindAsync(CustomerId customer, ApprovalId id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(
            ApprovalKeys.Partition(customer), ApprovalKeys.Row(id), cancellationToken: cancellation);
        return found.HasValue ? Read(found.Value!) : null;
    }

    public async Task<ApprovalId?> FindByKeyAsync(CustomerId customer, string key, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(ApprovalKeys.Partition(customer), key, cancellationToken: cancellation);
        return found.HasValue ? new ApprovalId(found.Value!.GetGuid("Approval")!.Value) : null;
    }

    /// <summary>Says when somebody is to look; before what there will be to see is written.</summary>
    public Task RemindAsync(CustomerId customer, ApprovalId id, IEnumerable<Instant> moments, CancellationToken cancellation) => Table.SubmitTransactionAsync(
        moments.Distinct().Select(at => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, new TableEntity(ApprovalKeys.Due, ApprovalKeys.DueAt(at, customer, id)))), cancellation);

    /// <returns>False when what asks has asked before.</returns>
    public Task<bool> AddAsync(Approval approval, string key, CancellationToken cancellation) => TryAsync(
        [
            new(TableTransactionActionType.Add, ToRow(approval)),
            new(TableTransactionActionType.Add, new TableEntity(ApprovalKeys.Partition(approval.Customer), key) { ["Approval"] = approval.Id.Value }),
        ],
        cancellation);

    /// <returns>False when it was changed since it was read.</returns>
    public Task<bool> ChangeAsync(StoredApproval before, Approval after, CancellationToken cancellation) =>
        TryAsync([new(TableTransactionActionType.UpdateMerge, ToRow(after), before.ETag)], cancellation);

    /// <summary>Its outcome has been passed on; a twin that did so already is fine.</summary>
    public Task PassedOnAsync(Approval approval, CancellationToken cancellation) => TryAsync(
        [new(TableTransactionActionType.UpdateMerge, new TableEntity(ApprovalKeys.Partition(approval.Customer), ApprovalKeys.Row(approval.Id)) { ["PassedOn"] = approval.State.ToString() }, ETag.All)],
        cancellation);

    public async Task EraseAsync(Approval approval, string key, CancellationToken cancellation)
    {
        var partition = ApprovalKeys.Partition(approval.Customer);
        await Table.DeleteEntityAsync(partition, key, ETag.All, cancellation);
        await Table.DeleteEntityAsync(partition, ApprovalKeys.Row(approval.Id), ETag.All, cancellation);
    }

    /// <summary>Newest first, after a row.</summary>
    public async IAsyncEnumerable<StoredApproval> ListAsync(
        CustomerId customer, ApprovalKind? kind, ApprovalState? state, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = after ?? ApprovalKeys.First;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {ApprovalKeys.Partition(customer)} and RowKey gt {first} and RowKey lt {ApprovalKeys.After}");
        filter += kind is null ? "" : " and " + TableClient.CreateQueryFilter($"Kind eq {kind.ToString()}");
        filter += state is null ? "" : " and " + TableClient.CreateQueryFilter($"State eq {state.ToString()}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return Read(row);
    }

    public async IAsyncEnumerable<string> DueAsync(Instant until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = ApprovalKeys.DueUntil(until);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {ApprovalKeys.Due} and RowKey le {end}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
            yield return row.RowKey;
    }

    public Task DropDueAsync(string row, CancellationToken cancellation) => Table.DeleteEntityAsync(ApprovalKeys.Due, row, ETag.All, cancellation);

    private async Task<bool> TryAsync(IReadOnlyList<TableTransactionAction> rows, CancellationToken cancellation)
    {
        try
        {
            await Table.SubmitTransactionAsync(rows, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e) || StorageFaults.IsStale(e))
        {
            return false;
        }
    }

    private static TableEntity ToRow(Approval approval) => new(ApprovalKeys.Partition(approval.Customer), ApprovalKeys.Row(approval.Id))
    {
        ["Kind"] = approval.Kind.ToString(),
        ["State"] = approval.State.ToString(),
        ["CreatedAt"] = approval.CreatedAt.ToUnixTimeMilliseconds(),
        ["ExpiresAt"] = approval.ExpiresAt?.ToUnixTimeMilliseconds()!,
        ["DecidedAt"] = approval.DecidedAt?.ToUnixTimeMilliseconds()!,
        ["DecidedOn"] = approval.DecidedOn!,
        ["Purchase"] = approval.Purchase is { } purchase ? StoredJson.Write(purchase) : null!,
        ["Document"] = approval.Document is { } document ? StoredJson.Write(document) : null!,
    };

    private static StoredApproval Read(TableEntity row) => new(
        new Approval(
            new ApprovalId(Guid.ParseExact(row.RowKey[ApprovalKeys.First.Length..], "N")), CustomerId.Of(row.PartitionKey), Enum.Parse<ApprovalState>(row.GetString("State")!),
            Moment(row, "CreatedAt")!.Value, Moment(row, "ExpiresAt"), Moment(row, "DecidedAt"), row.GetString("DecidedOn"))
        {
            Purchase = row.GetString("Purchase") is { } purchase ? StoredJson.Read<CardPurchase>(purchase) : null,
            Document = row.GetString("Document") is { } document ? StoredJson.Read<ApprovalDocument>(document) : null,
        },
        row.GetString("PassedOn") is not null, row.ETag);

    private static Instant? Moment(TableEntity row, string column) =>
        row.GetInt64(column) is { } milliseconds ? Instant.FromUnixTimeMilliseconds(milliseconds) : null;
}

/// <param name="IsPassedOn">The card server, or the process, knows the outcome.</param>
internal sealed record StoredApproval(Approval Approval, bool IsPassedOn, ETag ETag)
{
    public string Key => Approval switch
    {
        { Purchase: { } purchase } => KeyOf(purchase.TransactionId),
        { Document: { } document } => KeyOf(document.Process, document.ProcessId),
        _ => throw new InvalidOperationException($"Approval {Approval.Id} is about nothing."),
    };

    public static string KeyOf(string transactionId) => ApprovalKeys.Key("card purchase", transactionId);

    public static string KeyOf(string process, string processId) => ApprovalKeys.Key("document", process, processId);
}
