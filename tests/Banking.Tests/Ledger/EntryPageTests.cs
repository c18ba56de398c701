using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Pages are asked for by both their ends, which must not lose a line whatever this process remembers of the account.</summary>
public sealed class EntryPageTests
{
    [Fact]
    public async Task Pages_are_whole_and_one_call_each_also_when_another_process_has_booked_since()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        for (var i = 0; i < 4; i++)
            await bank.PostAsync(Bill(arta, $"{i + 1}.00"));
        await bank.SettleAsync();
        var entries = bank.Get<ReadEntries>();
        Assert.Equal([5L, 4, 3], await NewestAsync(entries, arta, 3));

        await using var other = bank.Restarted();
        for (var i = 4; i < 9; i++)
            await other.PostAsync(Bill(arta, $"{i + 1}.00"));
        await other.SettleAsync();
        bank.Storage.Reset();

        Assert.Equal([10L, 9, 8], await NewestAsync(entries, arta, 3));
        Assert.Equal([7L, 6, 5, 4], Numbers(await entries.RunAsync(arta, 8, 4, CancellationToken.None)));
        Assert.Equal([3L, 2, 1], Numbers(await entries.RunAsync(arta, 4, 4, CancellationToken.None)));
        Assert.Empty(await entries.RunAsync(arta, 1, 4, CancellationToken.None));
        Assert.Equal([10L, 9, 8, 7, 6, 5, 4, 3, 2, 1], await NewestAsync(entries, arta, 200));
        Assert.Equal(5, bank.Storage.Calls.Count);
    }

    private static async Task<IEnumerable<long>> NewestAsync(ReadEntries entries, AccountId account, int limit)
    {
        var newest = await entries.NewestAsync(account, limit, CancellationToken.None);
        return Numbers(newest!.Entries);
    }

    private static IEnumerable<long> Numbers(IEnumerable<Entry> entries) => entries.Select(entry => entry.Sequence);
}
