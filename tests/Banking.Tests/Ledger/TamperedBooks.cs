using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Books with a row of every kind that the ledger writes, and somebody who writes into their table past it.</summary>
internal sealed class TamperedBooks : IAsyncDisposable
{
    private TamperedBooks(TestBank bank) => Bank = bank;

    public TestBank Bank { get; }

    private TableClient Table => Bank.Get<BankTables>().Open(LedgerKeys.Table);

    public static async Task<TamperedBooks> StartAsync()
    {
        var bank = await TestBank.StartInMemoryAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "1000.00"), await bank.OpenAccountAsync("100000002", "5.00"));
        var dora = await bank.OpenAccountAsync("100000003", "50.00 EUR");
        await bank.PostAsync(Bill(arta, "10.00"));
        await bank.PostAsync(Bill(arta, "11.00"));
        await bank.PostAsync(Transfer(arta, besnik, "3.00"));
        await bank.PostAsync(Transfer(besnik, arta, "1.00"));
        await bank.PostAsync(new Journal(
            Id("exchange"), "exchange",
            [
                Leg.Debit(dora, Euro("2.00")), Leg.Credit(new BankAccount("fx/position", Currency.Eur), Euro("2.00")),
                Leg.Debit(new BankAccount("fx/position", Currency.All), All("200.00")), Leg.Credit(besnik, All("200.00")),
            ],
            "Këmbim", Day, ""));
        await bank.PostAsync(new Journal(
            Id("settlement"), "settlement", [Leg.Debit(Oshee, All("5.00")), Leg.Credit(new BankAccount("correspondent/bkt", Currency.All), All("5.00"))], "", Day, ""));
        await bank.PostAsync(Bill(arta, "12.00", "mistake"));
        await bank.Get<ReverseJournal>().RunAsync(Id("mistake"), arta, Id("back"), "Gabim", CancellationToken.None);
        await bank.Get<VoidJournal>().RunAsync(Id("voided"), arta, CancellationToken.None);
        foreach (var hold in new[] { "held", "captured", "released", "expired" })
        {
            var lifetime = Duration.FromHours(hold == "expired" ? 1 : 72);
            await bank.Get<PlaceHold>().RunAsync(HoldId.Derive(hold), arta, All("20.00"), bank.Now + lifetime, "", CancellationToken.None);
        }

        await bank.PostAsync(new Journal(
            Id("capture"), "withdrawal", [Leg.Debit(arta, All("15.00")), Leg.Credit(BankAccount.Cash(Currency.All), All("15.00"))], "", Day, "", HoldId.Derive("captured")));
        await bank.Get<ReleaseHold>().RunAsync(HoldId.Derive("released"), arta, Currency.All, CancellationToken.None);
        await bank.Get<ReleaseHold>().RunAsync(HoldId.Derive("never placed"), arta, Currency.All, CancellationToken.None);
        bank.Clock.Advance(TimeSpan.FromHours(2));
        await bank.Get<ExpireHolds>().RunAsync(bank.Now, CancellationToken.None);

        // A credit that finds its account blocked.
        bank.Storage.Reset();
        bank.Storage.Break(call => call.Number > 2 ? StorageFault.InternalError : StorageFault.None);
        await bank.PostAsync(Transfer(arta, besnik, "4.00"));
        bank.Storage.Reset();
        await bank.Get<ChangeAccountStatus>().RunAsync(besnik, AccountStatus.Blocked, CancellationToken.None);
        await bank.SweepAsync();
        await bank.SettleAsync();
        Xunit.Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
        return new TamperedBooks(bank);
    }

    public async Task<IReadOnlyList<TableEntity>> RowsAsync() => await Table.QueryAsync<TableEntity>().ToListAsync();

    public async Task<IReadOnlyList<BookFault>> ProveAsync() => (await Bank.Get<ProveBooks>().RunAsync(CancellationToken.None)).Faults;

    /// <summary>Changes a row, looks, and puts it back.</summary>
    public async Task<IReadOnlyList<BookFault>> WithAsync(TableEntity row, Action<TableEntity> change)
    {
        var copy = new TableEntity(row);
        change(copy);
        await WriteAsync(copy);
        var faults = await ProveAsync();
        await WriteAsync(row);
        return faults;
    }

    public async Task<IReadOnlyList<BookFault>> WithoutAsync(TableEntity row)
    {
        await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
        var faults = await ProveAsync();
        await WriteAsync(row);
        return faults;
    }

    public async Task<IReadOnlyList<BookFault>> WithAddedAsync(TableEntity row)
    {
        await Table.AddEntityAsync(row);
        var faults = await ProveAsync();
        await Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
        return faults;
    }

    public async Task<IReadOnlyList<BookFault>> WithSwappedAsync(TableEntity one, TableEntity other)
    {
        await WriteAsync(new TableEntity(one) { PartitionKey = other.PartitionKey, RowKey = other.RowKey });
        await WriteAsync(new TableEntity(other) { PartitionKey = one.PartitionKey, RowKey = one.RowKey });
        var faults = await ProveAsync();
        await WriteAsync(one);
        await WriteAsync(other);
        return faults;
    }

    public ValueTask DisposeAsync() => Bank.DisposeAsync();

    public static IEnumerable<string> Columns(TableEntity row) =>
        row.Keys.Where(name => name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.Contains("odata", StringComparison.Ordinal)).ToArray();

    /// <summary>Kind and, where there is one, state: <c>hold Held</c>.</summary>
    public static string Kind(TableEntity row) => string.Join(' ', new[]
    {
        row.PartitionKey.Split('|')[0] is var first && first.Length == 32 ? row.RowKey.Split('|')[0] : first, row.GetString("State"),
    }.OfType<string>());

    public static bool Names(IReadOnlyList<BookFault> faults, params TableEntity[] rows) =>
        faults.Any(fault => rows.Any(row => fault.Partition == row.PartitionKey && fault.Row == row.RowKey));

    private Task WriteAsync(TableEntity row) => Table.UpsertEntityAsync(row, TableUpdateMode.Replace);
}
