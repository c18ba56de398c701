using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Accounts;

/// <summary>Keys of the table <c>Statements</c>.</summary>
internal static class StatementKeys
{
    public const string Table = "Statements";

    /// <summary>In an account's partition: where and when its statements go.</summary>
    public const string Subscription = "subscription";

    public const int Shards = 8;

    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    public static string Account(AccountId account) => $"account|{account.Value:N}";

    /// <summary>Shards by account; answers "whose statement is due on or before this day?".</summary>
    public static string Due(AccountId account) => DueShard(account.Value.ToByteArray()[0] % Shards);

    public static IEnumerable<string> DueShards => Enumerable.Range(0, Shards).Select(DueShard);

    public static string DueRow(LocalDate day, AccountId account) => $"{Day.Format(day)}|{account.Value:N}";

    public static (LocalDate Day, AccountId Account) ReadDue(string row) => (Day.Parse(row[..8]).Value, new AccountId(Guid.ParseExact(row[9..], "N")));

    /// <summary>Sorts after every account due on the day.</summary>
    public static string DueEnd(LocalDate day) => $"{Day.Format(day)}|~";

    /// <summary>Periods whose e-mail is not known to have arrived.</summary>
    public const string Sending = "sending";

    public static string SendingRow(AccountId account, LocalDate start) => $"{account.Value:N}|{Day.Format(start)}";

    /// <summary>In a customer's partition: a long statement that is, or was, made in the background.</summary>
    public static string Customer(CustomerId customer) => $"customer|{customer.Value}";

    public static string Job(Guid id) => $"job|{id:N}";

    /// <summary>Jobs that are not done; sorted by when they began.</summary>
    public const string Jobs = "jobs";

    public static string JobRow(Instant begun, CustomerId customer, Guid id) =>
        $"{begun.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|{customer.Value}|{id:N}";

    public static string JobsBefore(Instant moment) => $"{moment.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture)}|";

    private static string DueShard(int shard) => $"due|{shard.ToString("D2", CultureInfo.InvariantCulture)}";
}

/// <summary>The periodic statements' rows: a subscription in its account's partition, and an index row for the day it is due.</summary>
/// <remarks>
/// The index row is written first: one that points to nothing, or to a subscription with another day, is dropped when its day comes.
/// </remarks>
internal sealed class SubscriptionTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(StatementKeys.Table);

    public async Task<(StatementSubscription Subscription, ETag ETag)?> FindAsync(AccountId account, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(StatementKeys.Account(account), StatementKeys.Subscription, null, cancellation);
        return found.HasValue ? (StoredJson.Read<StatementSubscription>(found.Value!.GetString("Content")!), found.Value.ETag) : null;
    }

    /// <param name="etag">As read; null for a new one.</param>
    /// <returns>False when somebody else wrote it meanwhile.</returns>
    public async Task<bool> SaveAsync(StatementSubscription subscription, ETag? etag, CancellationToken cancellation)
    {
        if (subscription.NextOn is { } next)
            await table.UpsertEntityAsync(new TableEntity(StatementKeys.Due(subscription.Account), StatementKeys.DueRow(next, subscription.Account)), TableUpdateMode.Replace, cancellation);

        var row = new TableEntity(StatementKeys.Account(subscription.Account), StatementKeys.Subscription) { ["Content"] = StoredJson.Write(subscription) };
        try
        {
            await (etag is { } known
                ? table.UpdateEntityAsync(row, known, TableUpdateMode.Replace, cancellation)
                : table.AddEntityAsync(row, cancellation));
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    public async IAsyncEnumerable<(LocalDate Day, AccountId Account)> DueAsync(LocalDate onOrBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var shard in StatementKeys.DueShards)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey lt {StatementKeys.DueEnd(onOrBefore)}");
            await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
                yield return StatementKeys.ReadDue(row.RowKey);
        }
    }

    public Task DropDueAsync(LocalDate day, AccountId account, CancellationToken cancellation) =>
        table.DeleteEntityAsync(StatementKeys.Due(account), StatementKeys.DueRow(day, account), ETag.All, cancellation);

    /// <returns>The period as first written: a repeat meets what the first run decided.</returns>
    public async Task<SentPeriod> BeginSendingAsync(SentPeriod period, CancellationToken cancellation)
    {
        var row = new TableEntity(StatementKeys.Sending, StatementKeys.SendingRow(period.Account, period.Start)) { ["Content"] = StoredJson.Write(period) };
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return period;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var first = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, null, cancellation);
            return first.HasValue ? StoredJson.Read<SentPeriod>(first.Value!.GetString("Content")!) : period;
        }
    }

    public async Task<SentPeriod?> FindSendingAsync(AccountId account, LocalDate start, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(StatementKeys.Sending, StatementKeys.SendingRow(account, start), null, cancellation);
        return found.HasValue ? StoredJson.Read<SentPeriod>(found.Value!.GetString("Content")!) : null;
    }

    public Task SaveSendingAsync(SentPeriod period, CancellationToken cancellation) => table.UpsertEntityAsync(
        new TableEntity(StatementKeys.Sending, StatementKeys.SendingRow(period.Account, period.Start)) { ["Content"] = StoredJson.Write(period) },
        TableUpdateMode.Replace, cancellation);

    public async IAsyncEnumerable<SentPeriod> SendingAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {StatementKeys.Sending}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
            yield return StoredJson.Read<SentPeriod>(row.GetString("Content")!);
    }

    public Task EndSendingAsync(SentPeriod period, CancellationToken cancellation) =>
        table.DeleteEntityAsync(StatementKeys.Sending, StatementKeys.SendingRow(period.Account, period.Start), ETag.All, cancellation);
}

/// <summary>One period's e-mail on its way.</summary>
/// <param name="DueOn">The day it was to be sent.</param>
/// <param name="Attempt">1 for the first; the gateway's refusals and days of silence count, its tries within a day do not.</param>
internal sealed record SentPeriod(
    AccountId Account, CustomerId Owner, string Email, LocalDate Start, LocalDate End, long First, long Last, LocalDate DueOn, Instant MadeAt, int Attempt);
