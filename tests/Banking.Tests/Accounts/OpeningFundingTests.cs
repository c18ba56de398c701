using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

public sealed class OpeningFundingTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact]
    public async Task Money_that_goes_between_the_look_and_the_debit_ends_the_opening_for_ever_with_the_same_answer()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AccountCrashTests.Services);
        await using var other = bank.Restarted();
        var from = await bank.OpenAccountAsync(Arta.Value, "1500.00");
        var wish = new OpeningWish(Arta, AccountType.Savings, Currency.All, "Kursime", "gift", null, from, Money.OfMinor(150000, Currency.All), Language.Albanian);
        var quote = (await bank.Get<QuoteOpening>().RunAsync(wish, CancellationToken.None)).Value!.Text;
        var order = new OpeningConfirmation(Arta, IdempotencyKey.Of("k1"), "hash", quote, ProductTerms.Current);
        var hold = HoldId.Derive("meanwhile");

        // The order is accepted by the first group write; another process takes the money in the same moment.
        var isTaken = false;
        bank.Storage.Break(call =>
        {
            if (call.Target.Contains("batch", StringComparison.OrdinalIgnoreCase) && !isTaken)
            {
                isTaken = true;
                other.Get<PlaceHold>().RunAsync(hold, from, Money.OfMinor(1, Currency.All), bank.Now + Duration.FromDays(1), "", CancellationToken.None).GetAwaiter().GetResult();
            }

            return StorageFault.None;
        });
        var refused = await bank.Get<ConfirmOpening>().RunAsync(order, CancellationToken.None);
        bank.Storage.Reset();
        Assert.True(isTaken);
        Assert.Equal(new InsufficientFunds(Money.OfMinor(1, Currency.All)), refused.Error);

        await bank.Get<ReleaseHold>().RunAsync(hold, from, Currency.All, CancellationToken.None);
        Assert.Equal(refused.Error, (await bank.Get<ConfirmOpening>().RunAsync(order, CancellationToken.None)).Error);
        Assert.Equal(from, Assert.Single(await bank.Get<ListAccounts>().RunAsync(Arta, CancellationToken.None)).Id);
        Assert.Equal(150000, (await bank.BalanceAsync(from)).Minor);
        await bank.ProveAsync();

        // A new quote opens the account.
        var fresh = order with { Key = IdempotencyKey.Of("k2"), RequestHash = "other", QuoteId = (await bank.Get<QuoteOpening>().RunAsync(wish, CancellationToken.None)).Value!.Text };
        Assert.True((await bank.Get<ConfirmOpening>().RunAsync(fresh, CancellationToken.None)).IsSuccess);
        Assert.Equal(0, (await bank.BalanceAsync(from)).Minor);
    }
}
