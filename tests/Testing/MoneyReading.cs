using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Testing;

/// <summary>Reads how much money some accounts have together while others move it between them: what is on the heads, and what is under way.</summary>
/// <remarks>
/// No transaction spans accounts, so heads are read at different moments; a reading is consistent by its <em>cut</em>. The cut takes every head as
/// it was read. A journal is <em>inside</em> the cut of an account when its entries there are numbered at or below the head's number (its marker
/// says so), and <em>under way</em> when it is inside the cut of some of its accounts and not of others; its legs outside are added. Where to
/// look for those, in this order: (1) heads; (2) open journals: whatever was debited and not credited when the heads were read is still open now or has
/// been credited since; (3) entries above the cut: what was posted since. A journal that was credited inside and debited above the cut is found by (3).
/// Money that is on no head, in no open journal and in no later entry is lost, and the total says so.
/// </remarks>
public sealed class MoneyReading : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private MoneyReading(ServiceProvider services) => this.services = services;

    /// <summary>Beside a bank that runs elsewhere, on the same tables.</summary>
    public static MoneyReading Beside(string connectionString, string prefix)
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddAccounts();
        collection.Configure<StorageOptions>(options => (options.ConnectionString, options.TablePrefix) = (connectionString, prefix));
        return new MoneyReading(collection.BuildServiceProvider());
    }

    /// <param name="accounts">In one currency; every journal of the time touches only these, or the bank's own besides.</param>
    /// <returns>Minor units on the heads and under way, and how many journals were under way.</returns>
    public static async Task<(long Heads, long UnderWay, int Journals)> ReadAsync(IServiceProvider bank, IReadOnlyCollection<AccountId> accounts)
    {
        var (books, entries) = (bank.GetRequiredService<ReadBook>(), bank.GetRequiredService<ReadEntries>());
        var cut = new Dictionary<AccountId, AccountBook>();
        foreach (var book in await Task.WhenAll(accounts.Select(account => books.RunAsync(account, CancellationToken.None))))
            cut.Add(book!.Id, book);

        var found = new Dictionary<TransactionId, Journal>();
        await foreach (var open in bank.GetRequiredService<OpenJournals>().ListAsync(null, CancellationToken.None))
        {
            var journal = JournalText.Read(open.Text);
            found[journal.Id] = journal;
        }

        var table = bank.GetRequiredService<BankTables>().Open(LedgerKeys.Table);
        foreach (var later in await Task.WhenAll(cut.Values.Select(book => AboveAsync(entries, book))))
        {
            foreach (var (entry, account) in later)
            {
                if (!found.ContainsKey(entry.Transaction))
                    found[entry.Transaction] = await JournalOfAsync(table, entry, account, cut.Keys);
            }
        }

        var (underWay, journals) = (0L, 0);
        foreach (var journal in found.Values)
        {
            var outside = new List<AccountId>();
            var touched = journal.Legs.Select(leg => leg.Account).OfType<AccountId>().Distinct().Where(cut.ContainsKey).ToArray();
            foreach (var account in touched)
            {
                if (!await IsInsideAsync(table, journal, cut[account]))
                    outside.Add(account);
            }

            if (outside.Count == 0 || outside.Count == touched.Length)
                continue;
            journals++;
            underWay += journal.Legs.Where(leg => leg.Account is { } account && outside.Contains(account)).Sum(leg => leg.Signed.Minor);
        }

        return (cut.Values.Sum(book => book.Balance.Minor), underWay, journals);
    }

    public Task<(long Heads, long UnderWay, int Journals)> ReadAsync(IReadOnlyCollection<AccountId> accounts) => ReadAsync(services, accounts);

    /// <summary>Journals that were begun and have not been seen to their end.</summary>
    public async Task<IReadOnlyList<TransactionId>> ListOpenAsync()
    {
        var open = new List<TransactionId>();
        await foreach (var journal in services.GetRequiredService<OpenJournals>().ListAsync(null, CancellationToken.None))
            open.Add(JournalText.Read(journal.Text).Id);
        return open;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static async Task<List<(Entry Entry, AccountId Account)>> AboveAsync(ReadEntries entries, AccountBook book)
    {
        var above = new List<(Entry, AccountId)>();
        for (long? before = null; ;)
        {
            var page = await entries.RunAsync(book.Id, before, ReadEntries.PageAtMost, CancellationToken.None);
            above.AddRange(page.Where(entry => entry.Sequence > book.Sequence).Select(entry => (entry, book.Id)));
            if (page.Count < ReadEntries.PageAtMost || page[^1].Sequence <= book.Sequence)
                return above;
            before = page[^1].Sequence;
        }
    }

    /// <summary>The deciding marker has the journal; it is on the entry's account or on one of the others.</summary>
    private static async Task<Journal> JournalOfAsync(TableClient table, Entry entry, AccountId account, IEnumerable<AccountId> accounts)
    {
        foreach (var candidate in accounts.OrderBy(other => other != account))
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(candidate), LedgerKeys.Marker(entry.Transaction));
            if (row.HasValue && Marker.From(row.Value!).Journal is { } journal)
                return journal;
        }

        throw new InvalidOperationException($"Entry {entry.Sequence} of {account} belongs to no journal.");
    }

    private static async Task<bool> IsInsideAsync(TableClient table, Journal journal, AccountBook book)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(book.Id), LedgerKeys.Marker(journal, book.Id));
        return row is { HasValue: true, Value: { } marker } && Marker.From(marker).State == MarkerState.Posted && marker.GetInt64("First") <= book.Sequence;
    }
}
