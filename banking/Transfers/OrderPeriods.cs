using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>A quarter of an hour in which a customer may have ordered.</summary>
internal sealed record OrderPeriod(string Partition, string Row, CustomerId Customer, Instant From)
{
    public static readonly Duration Length = Duration.FromMinutes(15);

    public Instant End => From + Length;
}

/// <summary>
/// Who may have ordered when: written before the first order of a customer in a quarter of an hour is taken. So an order is found even when its process died
/// with the order stored and its intent not, which are written at the same time.
/// </summary>
/// <remarks>In the table of the open transfers. A process remembers what it has written: no storage call for the orders that follow.</remarks>
internal sealed class OrderPeriods(BankTables tables)
{
    private const int RememberedAtMost = 20_000;

    private readonly ConcurrentDictionary<CustomerId, Instant> announced = new();

    private TableClient Table => tables.Open(OpenTransferKeys.Table);

    public async Task AnnounceAsync(CustomerId customer, Instant orderedAt)
    {
        var from = Instant.FromUnixTimeTicks(orderedAt.ToUnixTimeTicks() / OrderPeriod.Length.BclCompatibleTicks * OrderPeriod.Length.BclCompatibleTicks);
        if (announced.TryGetValue(customer, out var known) && known == from)
            return;
        await Table.UpsertEntityAsync(
            new TableEntity(OpenTransferKeys.PeriodPartition(customer), OpenTransferKeys.Period(customer, from)) { ["From"] = from.ToDateTimeOffset() },
            TableUpdateMode.Replace, CancellationToken.None);
        if (announced.Count >= RememberedAtMost)
            announced.Clear();
        announced[customer] = from;
    }

    /// <summary>Those that ended before the time. The table has nothing but what is open, so this costs in proportion to that.</summary>
    public async IAsyncEnumerable<OrderPeriod> ListAsync(Instant endedBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"RowKey ge {OpenTransferKeys.FirstPeriod} and RowKey lt {OpenTransferKeys.AfterPeriods} and From lt {(endedBefore - OrderPeriod.Length).ToDateTimeOffset()}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            var parts = row.RowKey.Split('|');
            yield return new OrderPeriod(
                row.PartitionKey, row.RowKey, CustomerId.Of(parts[1]), Instant.FromUnixTimeMilliseconds(long.Parse(parts[2], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>A row that is gone already is fine.</summary>
    public Task RemoveAsync(OrderPeriod period) =>
        Table.TryDeleteAsync(period.Partition, period.Row, ETag.All, CancellationToken.None);
}
