using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

public sealed class AccountCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact, ProvesCrashSafety(typeof(LabelBook))]
    public async Task A_label_given_while_the_process_is_killed_is_given_or_not_and_the_money_stays() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync(Arta.Value, "100.00"),
            Act: (bank, account) => bank.Get<LabelBook>().RunAsync(account, Arta, label => label with { Logo = "house" }, CancellationToken.None),
            Check: async (bank, account) =>
            {
                var book = (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!;
                Assert.Equal((10000, null), (book.Balance.Minor, book.Label.Description));
                return book.Label.Logo is null ? 0 : 1;
            })), 2, 3);
}
