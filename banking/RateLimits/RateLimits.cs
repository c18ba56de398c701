using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.RateLimits;

/// <summary>Counts what customers do, across instances and restarts of the app.</summary>
/// <remarks>
/// A sliding window of two halves: the count of the window before weighs in proportion to how much of it is still within the window. One row per
/// customer and purpose, guarded by its ETag. Table RateLimits: partition = customer, row = purpose.
/// </remarks>
public sealed class RateLimits(BankTables tables, TimeProvider time)
{
    public const string Table = "RateLimits";

    private const int TriesAtMost = 16;

    /// <summary>Counts one try: two storage calls.</summary>
    /// <returns>Nothing; or <see cref="TooManyRequests"/>, which itself does not count.</returns>
    public Task<Result<Nothing>> TakeAsync(CustomerId customer, RateLimit limit, CancellationToken cancellation) => TakeAsync(customer.Value, limit, cancellation);

    /// <summary>The same for whoever is no customer: an address, an identifier that somebody typed.</summary>
    /// <param name="subject">A table key; hashed by the caller when it is personal data.</param>
    public async Task<Result<Nothing>> TakeAsync(string subject, RateLimit limit, CancellationToken cancellation)
    {
        var table = tables.Open(Table);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var stored = await table.GetEntityIfExistsAsync<TableEntity>(subject, limit.Purpose, null, cancellation);
            var known = stored.HasValue ? stored.Value : null;
            var counter = RateCounter.From(known).At(Instant.FromDateTimeOffset(time.GetUtcNow()), limit.Window);
            if (counter.SecondsToWait(limit) is { } seconds)
                return new TooManyRequests(seconds);

            var row = counter.Next().ToRow(subject, limit.Purpose);
            try
            {
                await (known is null ? table.AddEntityAsync(row, cancellation) : table.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Replace, cancellation));
                return default(Nothing);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
            {
                // Somebody else counted meanwhile: look again.
            }
        }

        return new TooManyRequests(1);
    }
}

/// <param name="Start">Of the window that <paramref name="Count"/> belongs to.</param>
/// <param name="Before">Count of the window right before.</param>
/// <param name="Elapsed">Part of the window that has passed: 0 to 1.</param>
internal sealed record RateCounter(long Start, long Count, long Before, double Elapsed)
{
    public static RateCounter From(TableEntity? row) =>
        row is null ? new(0, 0, 0, 0) : new(row.GetInt64("Start") ?? 0, row.GetInt64("Count") ?? 0, row.GetInt64("Before") ?? 0, 0);

    public RateCounter At(Instant now, Duration window)
    {
        var length = (long)window.TotalMilliseconds;
        var start = now.ToUnixTimeMilliseconds() / length * length;
        var elapsed = (now.ToUnixTimeMilliseconds() - start) / (double)length;
        return start == Start ? this with { Elapsed = elapsed }
            : start == Start + length ? new(start, 0, Count, elapsed)
            : new(start, 0, 0, elapsed);
    }

    /// <summary>Null when one more is allowed now.</summary>
    public int? SecondsToWait(RateLimit limit)
    {
        if (Count + (Before * (1 - Elapsed)) < limit.Most)
            return null;

        // The part of the window after which enough of the earlier counts has slid out of it.
        var (counted, passed) = Count >= limit.Most ? (Count, -(1 - Elapsed)) : (Before, Elapsed);
        var rest = Count >= limit.Most ? limit.Most : limit.Most - Count;
        var needed = 1 - ((rest - 0.5) / counted) - passed;
        return Math.Max(1, (int)Math.Ceiling(needed * limit.Window.TotalSeconds));
    }

    public RateCounter Next() => this with { Count = Count + 1 };

    public TableEntity ToRow(string subject, string purpose) =>
        new(subject, purpose) { ["Start"] = Start, ["Count"] = Count, ["Before"] = Before };
}
