using Azure;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Gives an account its head row: from now on it can be posted to.</summary>
public sealed class OpenBook
{
    private readonly BankTables tables;
    private readonly AccountHeads heads;
    private readonly TimeProvider time;

    internal OpenBook(BankTables tables, AccountHeads heads, TimeProvider time) => (this.tables, this.heads, this.time) = (tables, heads, time);

    /// <returns>The new book, without overdraft; for an id that has one already, that one as it is now.</returns>
    public async Task<AccountBook> RunAsync(NewAccountBook book, CancellationToken cancellation)
    {
        if (book.MinimumBalance is { } minimum && (minimum.Currency != book.Currency || minimum.Minor < 0))
        {
            throw new ArgumentException("A minimum balance is an amount of the account's currency, and not negative.", nameof(book));
        }

        var head = new Head(
            book.Id, book.Owner, book.Currency, AccountStatus.Active, Balance: 0, Held: 0, Sequence: 0, Head.Genesis(book.Id),
            book.Iban, book.Name, book.IsMain, Instant.FromDateTimeOffset(time.GetUtcNow()))
        {
            Type = book.Type,
            MinimumBalance = book.MinimumBalance?.Minor ?? 0,
            Label = book.Label,
        };
        try
        {
            var answer = await tables.Open(LedgerKeys.Table).AddEntityAsync(head.ToRow(), cancellation);
            heads.Remember(head, answer.Headers.ETag);
            return AccountBook.Of(head);
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            return AccountBook.Of((await heads.ReadAsync(book.Id, cancellation))!);
        }
    }
}
