using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Somebody writes into the tables past the ledger: the proof names the row.</summary>
public sealed class TamperTests
{
    [Fact]
    public async Task An_added_property_is_found_too()
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        var head = (await RowsAsync(bank)).Single(row => row.RowKey == LedgerKeys.Head);

        await WriteAsync(bank, head, row => row["Overdraft"] = 1_000_000L);

        var proof = await bank.Get<ProveAccount>().RunAsync(arta, CancellationToken.None);
        Assert.Equal([new BookFault(LedgerKeys.Partition(arta), LedgerKeys.Head, BookFault.HashWrong)], proof.Value!.Faults);
    }

    [Fact]
    public async Task A_forger_who_recomputes_a_rows_hash_breaks_the_chain_and_the_sums()
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await bank.PostAsync(Bill(arta, "10.00"));
        await bank.SettleAsync();
        var rows = await RowsAsync(bank);
        var deposit = rows.Single(row => row.RowKey == LedgerKeys.Entry(1));

        await WriteAsync(bank, deposit, row =>
        {
            row["Description"] = "Pagë";
            RowSeal.Seal(row);
        });
        Assert.Contains(await FaultsAsync(bank), fault => fault == new BookFault(deposit.PartitionKey, LedgerKeys.Entry(2), BookFault.ChainBroken));
        await WriteAsync(bank, deposit, _ => { });

        var head = rows.Single(row => row.RowKey == LedgerKeys.Head);
        await WriteAsync(bank, head, row =>
        {
            row["Balance"] = 1_000_000L;
            RowSeal.Seal(row);
        });
        Assert.Equal([new BookFault(head.PartitionKey, LedgerKeys.Head, BookFault.BalanceWrong)], await FaultsAsync(bank));
    }

    [Theory]
    [InlineData("entry|", BookFault.SequenceGap)]
    [InlineData("marker|", BookFault.EntryWithoutMarker)]
    [InlineData(LedgerKeys.Head, BookFault.HeadMissing)]
    [InlineData("bank", BookFault.LegMissing)]
    public async Task A_deleted_row_is_missed(string kind, string problem)
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await bank.PostAsync(Bill(arta, "10.00"));
        await bank.PostAsync(Bill(arta, "20.00"));
        await bank.SettleAsync();
        var row = (await RowsAsync(bank)).Where(row => Kind(row) == kind.TrimEnd('|')).OrderBy(row => row.RowKey, StringComparer.Ordinal).Skip(kind == LedgerKeys.Head ? 0 : 1).First();

        await Table(bank).DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);

        Assert.Contains(await FaultsAsync(bank), fault => fault.Problem == problem);
    }

    [Fact]
    public async Task Money_booked_past_the_journals_is_named()
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        await bank.OpenAccountAsync("100000001", "100.00");
        var genuine = (await RowsAsync(bank)).Single(row => Kind(row) == "bank");
        var forged = new TableEntity(genuine) { RowKey = $"{Guid.NewGuid():N}|00|bank" };
        forged["Transaction"] = forged.RowKey[..32];
        await Table(bank).AddEntityAsync(RowSeal.Seal(forged));

        var proof = await bank.Get<ProveBooks>().RunAsync(CancellationToken.None);

        Assert.Equal([new BookFault(forged.PartitionKey, forged.RowKey, BookFault.LegWithoutJournal)], proof.Faults);
        Assert.False(proof.IsProven);
        Assert.NotEqual(proof.Currencies[0].Debits, proof.Currencies[0].Credits);
    }

    [Fact]
    public async Task Postings_going_on_do_not_disturb_the_proof()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "100.00"));
        using var stop = new CancellationTokenSource();
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await bank.PostAsync(Transfer(arta, besnik, "1.00"));
                await bank.PostAsync(Transfer(besnik, arta, "1.00"));
            }
        });

        for (var i = 0; i < 10; i++)
        {
            await bank.ProveAsync();
        }

        await stop.CancelAsync();
        await traffic;
    }

    private static TableClient Table(TestBank bank) => bank.Get<BankTables>().Open(LedgerKeys.Table);

    private static async Task<IReadOnlyList<BookFault>> FaultsAsync(TestBank bank) => (await bank.Get<ProveBooks>().RunAsync(CancellationToken.None)).Faults;

    private static async Task<IReadOnlyList<TableEntity>> RowsAsync(TestBank bank)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table(bank).QueryAsync<TableEntity>())
        {
            rows.Add(row);
        }

        return rows;
    }

    private static Task WriteAsync(TestBank bank, TableEntity row, Action<TableEntity> change)
    {
        var copy = new TableEntity(row);
        change(copy);
        return Table(bank).UpsertEntityAsync(copy, TableUpdateMode.Replace);
    }

    private static string Kind(TableEntity row) =>
        row.PartitionKey.StartsWith(LedgerKeys.BankPrefix, StringComparison.Ordinal) ? "bank" : row.RowKey.Split('|')[0];

    private static object Other(object? value) => value switch
    {
        long number => number + 1,
        bool flag => !flag,
        string { Length: > 0 } text => text[..^1] + (text[^1] == 'x' ? 'y' : 'x'),
        _ => "x",
    };
}
