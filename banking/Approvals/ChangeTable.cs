using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Approvals;

/// <summary>Table <c>approvals</c>: one partition, since staff decide little; the changes, and two indexes newest first: all of them, and the unsettled ones.</summary>
internal sealed class ChangeTable(BankTables tables)
{
    public const string TableName = "approvals";
    private const string Partition = "changes";
    private const string OpenPrefix = "open|";
    private const string AllPrefix = "all|";

    private TableClient Table => tables.Open(TableName);

    public async Task<StoredChange?> FindAsync(ChangeId id, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(Partition, Key(id), null, cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    /// <returns>False when it is there already.</returns>
    public async Task<bool> TryAddAsync(Change change, CancellationToken cancellation)
    {
        try
        {
            await Table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Add, ToRow(change, decidedFrom: null)),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, Index(OpenPrefix, change))),
                new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, Index(AllPrefix, change))),
            ], cancellation);
            return true;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            return false;
        }
    }

    /// <returns>The change as written; null when it was changed meanwhile.</returns>
    public async Task<StoredChange?> TryDecideAsync(StoredChange before, Change after, string? from, CancellationToken cancellation)
    {
        try
        {
            var answer = await Table.UpdateEntityAsync(ToRow(after, from), before.ETag, TableUpdateMode.Replace, cancellation);
            return new StoredChange(after, from, answer.Headers.ETag ?? default);
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
            return null;
        }
    }

    /// <summary>Writes what came of a change and takes it from the unsettled ones; a twin that did so already is fine.</summary>
    public async Task SettleAsync(StoredChange before, Change after, CancellationToken cancellation)
    {
        try
        {
            await Table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.UpdateReplace, ToRow(after, before.DecidedFrom), before.ETag),
                new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(Partition, Index(OpenPrefix, after)), ETag.All),
            ], cancellation);
        }
        catch (RequestFailedException e) when (StorageFaults.IsStale(e))
        {
        }
    }

    public async Task<Page<Change>> ListAsync(bool isOpenOnly, PageRequest page, CancellationToken cancellation)
    {
        var prefix = isOpenOnly ? OpenPrefix : AllPrefix;
        var rows = new List<string>();
        await foreach (var row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {page.After ?? prefix} and RowKey lt {prefix + "~"}"),
            maxPerPage: page.Limit + 1, select: ["RowKey"], cancellationToken: cancellation))
        {
            rows.Add(row.RowKey);
            if (rows.Count > page.Limit)
            {
                break;
            }
        }

        var changes = await Task.WhenAll(rows.Take(page.Limit).Select(row => FindAsync(new ChangeId(Guid.ParseExact(row.Split('|')[2], "N")), cancellation)));
        return new Page<Change>([.. changes.OfType<StoredChange>().Select(stored => stored.Change)], rows.Count > page.Limit ? rows[page.Limit - 1] : null);
    }

    private static string Key(ChangeId id) => $"change|{id.Value:N}";

    private static string Index(string prefix, Change change) =>
        $"{prefix}{(long.MaxValue - change.ProposedAt.ToUnixTimeTicks()).ToString("D19", CultureInfo.InvariantCulture)}|{change.Id.Value:N}";

    private static TableEntity ToRow(Change change, string? decidedFrom)
    {
        var row = new TableEntity(Partition, Key(change.Id))
        {
            ["Kind"] = change.Kind,
            ["Resource"] = change.Resource,
            ["Content"] = change.Content,
            ["After"] = change.After,
            ["Reason"] = change.Reason,
            ["ProposedBy"] = change.ProposedBy,
            ["ProposedAt"] = LedgerText.Of(change.ProposedAt),
            ["State"] = change.State.ToString(),
        };
        Set("Before", change.Before);
        Set("DecidedBy", change.DecidedBy);
        Set("DecidedFrom", decidedFrom);
        Set("DecidedAt", change.DecidedAt is { } at ? LedgerText.Of(at) : null);
        Set("DecisionReason", change.DecisionReason);
        Set("Outcome", change.Outcome);
        Set("Failure", change.Failure);
        return row;

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                row[name] = value;
            }
        }
    }

    private static StoredChange From(TableEntity row) => new(
        new Change(
            new ChangeId(Guid.ParseExact(row.RowKey.Split('|')[1], "N")), row.RequiredText("Kind"), row.RequiredText("Resource"), row.RequiredText("Content"),
            row.Text("Before"), row.RequiredText("After"), row.RequiredText("Reason"), row.RequiredText("ProposedBy"), LedgerText.ToInstant(row.RequiredText("ProposedAt")),
            Enum.Parse<ChangeState>(row.RequiredText("State")), row.Text("DecidedBy"), row.Text("DecidedAt") is { } at ? LedgerText.ToInstant(at) : (Instant?)null,
            row.Text("DecisionReason"), row.Text("Outcome"), row.Text("Failure")),
        row.Text("DecidedFrom"), row.ETag);
}

/// <param name="DecidedFrom">The decider's address, for the audit trail.</param>
internal sealed record StoredChange(Change Change, string? DecidedFrom, ETag ETag);
