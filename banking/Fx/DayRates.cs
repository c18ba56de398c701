using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <summary>The bank's rate of each business day, kept for ever: the first one that was in force on it, midway between buying and selling.</summary>
/// <remarks>
/// For valuing, never for exchanging. Table <c>dayrates</c>: partition by currency, rows by day, latest first; a row is inserted once and never changed,
/// so what this process has read once it need not read again. A timer keeps every day's; who asks first on a day keeps it too.
/// </remarks>
public sealed class DayRates(BankTables tables, ExchangeRates rates, TimeProvider time)
{
    internal const string TableName = "dayrates";

    private const int RememberedAtMost = 10_000;

    private readonly ConcurrentDictionary<(Currency Currency, LocalDate Day), decimal> remembered = new();

    private TableClient Table => tables.Open(TableName);

    /// <summary>Keeps today's rate of every currency that the bank exchanges; harmless to repeat.</summary>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        var today = Today();
        await rates.RefreshAsync(cancellation);
        foreach (var currency in rates.Currencies)
            await KeepAsync(currency, today, cancellation);
    }

    /// <returns>The amount in the other currency at the day's rate, rounded to the nearest minor unit; null when the bank has no rate for one of them.</returns>
    /// <param name="day">A day without a rate of its own has that of the last day before it that has one.</param>
    public async Task<Money?> ConvertAsync(Money amount, Currency to, LocalDate day, CancellationToken cancellation)
    {
        if (amount.Currency == to)
            return amount;
        if (await FindAsync(amount.Currency, day, cancellation) is not { } from || await FindAsync(to, day, cancellation) is not { } into)
            return null;
        var exact = amount.Minor / ExchangeMath.Scale(amount.Currency) * from / into * ExchangeMath.Scale(to);
        return Money.OfMinor(decimal.ToInt64(decimal.Round(exact, MidpointRounding.AwayFromZero)), to);
    }

    /// <returns>ALL for one unit; null when the bank never exchanged the currency.</returns>
    private async Task<decimal?> FindAsync(Currency currency, LocalDate day, CancellationToken cancellation)
    {
        if (currency == Currency.All)
            return 1;
        var today = Today();
        if (day >= today)
            return await KeepAsync(currency, today, cancellation);
        if (remembered.TryGetValue((currency, day), out var known))
            return known;

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {currency.Code} and RowKey ge {Row(day)}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellation))
            return Remember(currency, day, Read(row));

        // Before the first day that was kept: what is in force now is the nearest there is.
        return await KeepAsync(currency, today, cancellation);
    }

    private async Task<decimal?> KeepAsync(Currency currency, LocalDate today, CancellationToken cancellation)
    {
        if (remembered.TryGetValue((currency, today), out var known))
            return known;
        await rates.RefreshAsync(cancellation);
        if (rates.Find(currency, Currency.All) is not { } buy || rates.Find(Currency.All, currency) is not { } sold)
            return null;
        var middle = decimal.Round((buy + (1 / sold)) / 2, 8);
        try
        {
            await Table.AddEntityAsync(
                new TableEntity(currency.Code, Row(today)) { ["Rate"] = middle.ToString(CultureInfo.InvariantCulture) }, cancellation);
            return Remember(currency, today, middle);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            var row = await Table.GetEntityAsync<TableEntity>(currency.Code, Row(today), cancellationToken: cancellation);
            return Remember(currency, today, Read(row.Value));
        }
    }

    private decimal Remember(Currency currency, LocalDate day, decimal rate)
    {
        if (remembered.Count >= RememberedAtMost)
            remembered.Clear();
        return remembered.GetOrAdd((currency, day), rate);
    }

    private LocalDate Today() => Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;

    private static decimal Read(TableEntity row) => decimal.Parse(row.GetString("Rate")!, CultureInfo.InvariantCulture);

    /// <summary>Latest day first.</summary>
    private static string Row(LocalDate day) => (99999999 - ((day.Year * 10000) + (day.Month * 100) + day.Day)).ToString("D8", CultureInfo.InvariantCulture);
}
