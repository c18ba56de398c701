using System.Globalization;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Channels;

/// <summary>What the channels keep in table Sessions besides their state: the history, what is left to do after a blocking, and the days of verifications.</summary>
internal sealed class ChannelTable(BankTables tables)
{
    private const string Pending = "pending";
    private const string Waiting = "waiting";

    private TableClient Table => tables.Open(SessionTable.Name);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ChannelEvent>> HistoryAsync(CustomerId customer, int atMost, CancellationToken cancellation)
    {
        var partition = SessionTable.Partition(customer);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {ChannelHistory.Prefix} and RowKey lt {ChannelHistory.AfterPrefix}");
        List<ChannelEvent> events = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, atMost, null, cancellation))
        {
            events.Add(ChannelHistory.Read(row));
            if (events.Count == atMost)
                break;
        }

        return events;
    }

    /// <summary>Says, before a channel is blocked, that something follows; harmless when it then is not blocked.</summary>
    public Task BeginAsync(BlockedChannel blocked, CancellationToken cancellation) => Table.UpsertEntityAsync(
        new TableEntity(Pending, PendingRow(blocked))
        {
            ["Kind"] = $"{blocked.Kind}",
            ["By"] = blocked.By,
            ["Origin"] = blocked.Origin!,
            ["Reason"] = blocked.Reason,
            ["Ticks"] = blocked.At.ToUnixTimeTicks(),
        },
        TableUpdateMode.Replace, cancellation);

    public Task EndAsync(BlockedChannel blocked, CancellationToken cancellation) => Table.DeleteEntityAsync(Pending, PendingRow(blocked), Azure.ETag.All, cancellation);

    /// <summary>In proportion to what is unfinished.</summary>
    public async Task<IReadOnlyList<BlockedChannel>> UnfinishedAsync(CancellationToken cancellation)
    {
        List<BlockedChannel> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Pending}"), null, null, cancellation))
        {
            found.Add(new BlockedChannel(
                CustomerId.Of(row.RowKey.Split('|')[0]), Enum.Parse<ChannelEventKind>(row.GetString("Kind")!), row.GetString("By")!, row.GetString("Origin"),
                row.GetString("Reason")!, Instant.FromUnixTimeTicks(row.GetInt64("Ticks")!.Value)));
        }

        return found;
    }

    /// <summary>Says, before a channel waits, until when.</summary>
    public Task WaitAsync(CustomerId customer, LocalDate until, CancellationToken cancellation) =>
        Table.UpsertEntityAsync(new TableEntity(Waiting, WaitingRow(customer, until)), TableUpdateMode.Replace, cancellation);

    public Task EndWaitAsync(CustomerId customer, LocalDate until, CancellationToken cancellation) =>
        Table.DeleteEntityAsync(Waiting, WaitingRow(customer, until), Azure.ETag.All, cancellation);

    /// <summary>Whose last day is over, the oldest first.</summary>
    public async Task<IReadOnlyList<(CustomerId Customer, LocalDate Until)>> OverdueAsync(LocalDate today, CancellationToken cancellation)
    {
        var end = LocalDatePattern.Iso.Format(today);
        List<(CustomerId, LocalDate)> found = [];
        await foreach (var row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Waiting} and RowKey lt {end}"), null, null, cancellation))
        {
            var parts = row.RowKey.Split('|');
            found.Add((CustomerId.Of(parts[1]), LocalDatePattern.Iso.Parse(parts[0]).GetValueOrThrow()));
        }

        return found;
    }

    private static string PendingRow(BlockedChannel blocked) => string.Create(CultureInfo.InvariantCulture, $"{blocked.Customer.Value}|{blocked.At.ToUnixTimeTicks():D19}");

    private static string WaitingRow(CustomerId customer, LocalDate until) => $"{LocalDatePattern.Iso.Format(until)}|{customer.Value}";
}

/// <summary>A blocking, for what follows it.</summary>
/// <param name="Kind">Blocked, EmergencyBlocked or VerificationExpired.</param>
/// <param name="By">A staff id, or the name of the bank's timer.</param>
/// <param name="Origin">From where staff did it.</param>
public sealed record BlockedChannel(CustomerId Customer, ChannelEventKind Kind, string By, string? Origin, string Reason, Instant At);
