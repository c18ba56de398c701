using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Confirmations;

/// <summary>What must be remembered about one customer's confirmations, and no more.</summary>
/// <param name="Used">Challenges that were answered by a code, or that no quote makes unique, while they could be used again.</param>
/// <param name="LowValue">Operations without a factor since the last strong confirmation; at most five.</param>
/// <param name="LowValueCents">Their sum, in cents of EUR.</param>
internal sealed record ConfirmationBook(IReadOnlyList<UsedChallenge> Used, IReadOnlyList<Guid> LowValue, long LowValueCents)
{
    public static ConfirmationBook New { get; } = new([], [], 0);

    public ConfirmationBook WithoutLowValue() => LowValue.Count == 0 && LowValueCents == 0 ? this : this with { LowValue = [], LowValueCents = 0 };

    /// <param name="now">What has expired by then is forgotten.</param>
    public ConfirmationBook With(UsedChallenge used, Instant now) => this with { Used = [.. Used.Where(one => one.ExpiresAt > now), used] };
}

/// <param name="Request">Names the request that it let through: only that one may come again.</param>
internal sealed record UsedChallenge(Guid Id, string Request, Instant ExpiresAt);

/// <summary>Table Confirmations: partition = customer, one row guarded by its ETag.</summary>
internal sealed class ConfirmationBooks(BankTables tables)
{
    public const string Name = "Confirmations";

    private const string Row = "book";
    private const string Column = "Book";
    private const int TriesAtMost = 16;

    public async Task<ConfirmationBook> ReadAsync(CustomerId customer, CancellationToken cancellation) =>
        (await FindAsync(customer, cancellation)) is { } row ? Read(row) : ConfirmationBook.New;

    /// <param name="change">May run several times. The same book: nothing is written. Null: nothing may be written.</param>
    /// <returns>False when the change was null.</returns>
    /// <exception cref="RequestFailedException">Storage is down, or the row is fought over without end.</exception>
    public async Task<bool> ChangeAsync(CustomerId customer, Func<ConfirmationBook, ConfirmationBook?> change, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var row = await FindAsync(customer, cancellation);
            var book = row is null ? ConfirmationBook.New : Read(row);
            if (change(book) is not { } changed)
                return false;
            if (ReferenceEquals(changed, book))
                return true;
            var written = new TableEntity(customer.Value, Row) { [Column] = StoredJson.Write(changed) };
            try
            {
                await (row is null
                    ? tables.Open(Name).AddEntityAsync(written, cancellation)
                    : tables.Open(Name).UpdateEntityAsync(written, row.ETag, TableUpdateMode.Replace, cancellation));
                return true;
            }
            catch (RequestFailedException e) when (e.Status is 404 or 409 or 412 && attempt < TriesAtMost)
            {
                // Somebody else wrote meanwhile: look again.
            }
        }
    }

    private async Task<TableEntity?> FindAsync(CustomerId customer, CancellationToken cancellation)
    {
        var row = await tables.Open(Name).GetEntityIfExistsAsync<TableEntity>(customer.Value, Row, null, cancellation);
        return row.HasValue ? row.Value : null;
    }

    private static ConfirmationBook Read(TableEntity row) => StoredJson.Read<ConfirmationBook>(row.GetString(Column)!);
}
