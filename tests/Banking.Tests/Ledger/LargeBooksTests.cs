using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>The trial balance of books that are much larger than what it may hold in memory.</summary>
[Collection(nameof(Alone))]
public sealed class LargeBooksTests
{
    /// <summary>The process's memory is measured, and other tests would be in it.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>Of one journal at most: 39 credits and the debit that pays them. Many legs make large books in a short time.</summary>
    private const int Legs = Journal.LegsAtMost;

    /// <summary>A few pages of a thousand rows, the fingerprints and the faults; ten times the entries are no reason for more.</summary>
    private const long BytesAtMost = 8L << 20;

    [Fact]
    public async Task The_trial_balance_of_100_000_entries_is_proven_in_memory_that_does_not_grow_with_them()
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        var accounts = new List<AccountId>();
        for (var i = 0; i < 20; i++)
        {
            accounts.Add(await bank.OpenAccountAsync("100000001", "0.00"));
        }

        var small = await PeakAsync(bank, accounts, 10_000);
        var large = await PeakAsync(bank, accounts, 100_000);

        Assert.True(small < BytesAtMost && large < BytesAtMost, $"{small} bytes for 10,000 entries, {large} for 100,000");
    }

    /// <returns>What the proof held at most, beyond the books themselves.</returns>
    private static async Task<long> PeakAsync(TestBank bank, List<AccountId> accounts, int entries)
    {
        var proof = await bank.ProveAsync();
        for (var i = 0; i < (entries - proof.Entries) / Legs; i++)
        {
            var (account, one) = (accounts[i % accounts.Count], All("1.00"));
            await bank.PostAsync(new Journal(
                Id($"{entries} {i}"), "salaries",
                [Leg.Debit(BankAccount.Cash(Currency.All), All($"{Legs - 1}.00")), .. Enumerable.Repeat(Leg.Credit(account, one), Legs - 1)], "", Day, ""));
        }

        await bank.SettleAsync();
        bank.Storage.Reset();
        var (before, peak, calls) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
        bank.Storage.Break(_ =>
        {
            if (calls++ % (entries / 2_000) == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }

            return StorageFault.None;
        });
        var larger = await bank.ProveAsync();
        Assert.InRange(larger.Entries, entries - Legs, entries + Legs);
        bank.Storage.Reset();
        return peak;
    }
}
