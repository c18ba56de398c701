using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Ledger;

public sealed class PostJournalTests
{
    private static readonly BankAccount Oshee = BankAccount.Settlement("oshee", Currency.All);

    [Fact]
    public async Task A_bill_payment_moves_the_money_and_tells_the_balance_after_it()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "2000.00");

        var posted = await bank.Get<PostJournal>().RunAsync(Bill(arta, "1707.40"), CancellationToken.None);

        Assert.Equal("ALL 292.60", posted.Value!.BalanceAfter!.ToString());
        Assert.True(posted.Value.IsComplete);
        Assert.Equal("ALL 292.60", (await bank.BalanceAsync(arta)).ToString());
        var day = await bank.Get<SumBankDay>().RunAsync(Oshee, new LocalDate(2026, 3, 2), CancellationToken.None);
        Assert.Equal(("ALL 1707.40", 1), (day.Net.ToString(), day.Entries));
        var proof = await bank.ProveAsync();
        Assert.Equal((1, 4, 2, 0), (proof.Accounts, proof.Entries, proof.Journals, proof.OpenJournals));
    }

    [Fact]
    public async Task Storage_calls_of_a_posting_are_four_with_the_head_in_memory_and_five_without()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "2000.00");
        bank.Storage.Reset();

        await bank.Get<PostJournal>().RunAsync(Bill(arta, "10.00"), CancellationToken.None);
        await bank.SettleAsync();

        Assert.Equal(["POST journals", "POST $batch", "POST ledger", "DELETE journals"], Shapes(bank.Storage));

        await using var cold = bank.Restarted();
        await cold.Get<PostJournal>().RunAsync(Bill(arta, "10.00"), CancellationToken.None);
        await cold.SettleAsync();
        Assert.Equal(["GET ledger", "POST journals", "POST $batch", "POST ledger", "DELETE journals"], Shapes(cold.Storage));
    }

    internal static Journal Bill(AccountId debtor, string amount, string key = "", string reference = "invoice 1") => new(
        TransactionId.Derive("bill_payment", key.Length > 0 ? key : Guid.NewGuid().ToString()), "bill_payment",
        [Leg.Debit(debtor, All(amount)), Leg.Credit(Oshee, All(amount))], "Fatura OSHEE", new LocalDate(2026, 3, 2), reference);

    internal static Money All(string amount) => Money.Find(amount, Currency.All)!;

    /// <summary>Without keys and prefix.</summary>
    internal static IReadOnlyList<string> Shapes(StorageProbe storage) => [.. storage.Calls.Select(call =>
        call.Contains("journals", StringComparison.Ordinal) ? call.Split(' ')[0] + " journals"
        : call.Contains("ledger", StringComparison.Ordinal) ? call.Split(' ')[0] + " ledger"
        : call)];
}
