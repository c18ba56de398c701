using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Calendar;

/// <param name="IsOpen">A business day against the rule; else a day off against it.</param>
public sealed record StaffDay(LocalDate Date, string Name, bool IsOpen);

/// <summary>The days that staff have set against the rules of the law (PROF-26): one calendar for every rule that counts working days.</summary>
/// <remarks>
/// Rules ask synchronously and often, so every instance remembers the days and reads them anew, in the background, when what it knows is some minutes old; staff's own
/// instance knows at once. Table Calendar: partition <c>day</c>, row = date.
/// </remarks>
public sealed class StaffHolidays
{
    internal const string Table = "Calendar";
    private const string Partition = "day";
    private static readonly Duration Fresh = Duration.FromMinutes(5);

    private readonly BankTables tables;
    private readonly LaterWork later;
    private readonly TimeProvider time;
    private volatile IReadOnlyDictionary<LocalDate, StaffDay> known = new Dictionary<LocalDate, StaffDay>();
    private long readAt = long.MinValue;

    internal StaffHolidays(BankTables tables, LaterWork later, TimeProvider time) => (this.tables, this.later, this.time) = (tables, later, time);

    /// <summary>Null: the rule holds.</summary>
    public StaffDay? Find(LocalDate day)
    {
        var (now, last) = (time.GetUtcNow().ToUnixTimeMilliseconds(), Interlocked.Read(ref readAt));
        if ((last == long.MinValue || now - last >= Fresh.TotalMilliseconds) && Interlocked.CompareExchange(ref readAt, now, last) == last)
            later.Start("the calendar", () => RefreshAsync(CancellationToken.None));
        return known.TryGetValue(day, out var found) ? found : null;
    }

    /// <returns>In the order of the calendar.</returns>
    public async Task<IReadOnlyList<StaffDay>> ListAsync(int year, CancellationToken cancellation)
    {
        await RefreshAsync(cancellation);
        return [.. known.Values.Where(day => day.Date.Year == year).OrderBy(day => day.Date)];
    }

    public async Task SaveAsync(StaffDay day, CancellationToken cancellation)
    {
        await tables.Open(Table).UpsertEntityAsync(
            new TableEntity(Partition, Key(day.Date)) { ["Name"] = day.Name, ["IsOpen"] = day.IsOpen }, TableUpdateMode.Replace, cancellation);
        await RefreshAsync(cancellation);
    }

    public async Task RemoveAsync(LocalDate date, CancellationToken cancellation)
    {
        await tables.Open(Table).DeleteEntityAsync(Partition, Key(date), ETag.All, cancellation);
        await RefreshAsync(cancellation);
    }

    internal async Task RefreshAsync(CancellationToken cancellation)
    {
        var days = new Dictionary<LocalDate, StaffDay>();
        await foreach (var row in tables.Open(Table).QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellation))
        {
            var date = LocalDatePattern.Iso.Parse(row.RowKey).Value;
            days[date] = new StaffDay(date, row.GetString("Name")!, row.GetBoolean("IsOpen") == true);
        }

        known = days;
        Interlocked.Exchange(ref readAt, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private static string Key(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
