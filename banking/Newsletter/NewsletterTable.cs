using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Newsletter;

/// <summary>
/// Table Newsletter: sixteen partitions by the hash of the address, row = that hash: what makes two registrations one. Partition <c>issue</c>: what is still to be sent.
/// </summary>
internal sealed class NewsletterTable(BankTables tables)
{
    public const string Name = "Newsletter";
    private const string Issues = "issue";

    private TableClient Table => tables.Open(Name);

    public async Task<(Subscription It, ETag ETag)?> FindAsync(string hash, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(hash[..1], hash, cancellationToken: cancellation);
        return row.HasValue ? (Read(row.Value!), row.Value!.ETag) : null;
    }

    /// <param name="read">Null for a new one.</param>
    /// <returns>False when somebody else was quicker.</returns>
    public async Task<bool> WriteAsync(string hash, Subscription it, ETag? read, CancellationToken cancellation)
    {
        var row = new TableEntity(hash[..1], hash)
        {
            // Whoever left is no longer known by the address.
            ["Email"] = it.State == SubscriptionState.Unsubscribed ? null! : it.Email,
            ["Language"] = it.Language.Code(),
            ["State"] = it.State.ToString(),
            ["Round"] = it.Round,
            ["Since"] = it.Since.ToUnixTimeMilliseconds(),
        };
        return await Table.TryWriteAsync(row, read, cancellation);
    }

    public async IAsyncEnumerable<(string Hash, Subscription It)> ConfirmedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var shard in "0123456789abcdef")
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard.ToString()} and State eq {nameof(SubscriptionState.Confirmed)}");
            await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                yield return (row.RowKey, Read(row));
        }
    }

    /// <returns>Null when it was taken; else the earlier one of the same id.</returns>
    public async Task<(NewsletterIssue Issue, string RequestHash)?> AddIssueAsync(NewsletterIssue issue, string requestHash, CancellationToken cancellation)
    {
        try
        {
            await Table.AddEntityAsync(
                new TableEntity(Issues, issue.Id.ToString("N")) { ["Issue"] = StoredJson.Write(issue), ["RequestHash"] = requestHash, ["IsOpen"] = true }, cancellation);
            return null;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            var row = (await Table.GetEntityAsync<TableEntity>(Issues, issue.Id.ToString("N"), cancellationToken: cancellation)).Value;
            return (StoredJson.Read<NewsletterIssue>(row.GetString("Issue")!), row.GetString("RequestHash")!);
        }
    }

    public async IAsyncEnumerable<NewsletterIssue> OpenIssuesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Issues} and IsOpen eq {true}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return StoredJson.Read<NewsletterIssue>(row.GetString("Issue")!);
    }

    public Task CloseIssueAsync(Guid id, CancellationToken cancellation) => Table.UpdateEntityAsync(
        new TableEntity(Issues, id.ToString("N")) { ["IsOpen"] = false }, ETag.All, TableUpdateMode.Merge, cancellation);

    private static Subscription Read(TableEntity row) => new(
        row.GetString("Email") ?? "", Languages.Find(row.GetString("Language")) ?? default, Enum.Parse<SubscriptionState>(row.GetString("State")!),
        row.GetInt32("Round")!.Value, Instant.FromUnixTimeMilliseconds(row.GetInt64("Since")!.Value));
}
