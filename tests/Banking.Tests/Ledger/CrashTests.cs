using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Ledger;

public sealed class CrashTests
{
    [Fact]
    public async Task A_bill_payment_killed_at_any_storage_call_is_done_once_or_not_at_all()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync("100000001", "2000.00"),
            Act: (bank, arta) => bank.Get<PostJournal>().RunAsync(PostJournalTests.Bill(arta, "1707.40", key: "one"), CancellationToken.None),
            Check: async (bank, arta) => (await bank.BalanceAsync(arta)).ToString() switch { "ALL 2000.00" => 0, "ALL 292.60" => 1, _ => -1 }));

        Assert.Equal(4, calls);
    }
}
