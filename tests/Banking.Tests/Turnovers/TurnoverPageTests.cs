using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Turnovers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Turnovers;

public sealed class TurnoverPageTests
{
    [Fact]
    public async Task A_later_page_of_a_turnover_costs_one_storage_call_and_keeps_the_sums_of_the_first()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services => services.AddAccountServices().AddCustomers().AddTurnovers());
        var account = await bank.OpenAccountAsync("100000001", "1.00");
        for (var i = 2; i <= 7; i++)
            await DepositAsync(i);

        var newest = await ShowAsync(null);
        await DepositAsync(8);
        bank.Storage.Reset();
        var middle = await ShowAsync(newest.Entries.Next);
        var calls = bank.Storage.Calls.Count;
        var oldest = await ShowAsync(middle.Entries.Next);

        Assert.Equal(1, calls);
        Assert.Equal([7L, 6, 5, 4, 3, 2, 1], new[] { newest, middle, oldest }.SelectMany(page => page.Entries.Items).Select(entry => entry.Sequence));
        Assert.Null(oldest.Entries.Next);
        Assert.All(new[] { newest, middle, oldest }, page => Assert.Equal(
            "0.00 28.00 28.00 0.00 7", $"{page.Opening.ToDecimalString()} {page.Closing.ToDecimalString()} {page.Credits.ToDecimalString()} {page.Debits.ToDecimalString()} {page.Span.Count}"));

        async Task DepositAsync(int amount) => Assert.True((await bank.Get<DepositCash>().RunAsync(
            new CashDeposit($"deposit {amount}", account, Money.OfMinor(amount * 100, Currency.All), "Derdhje"), CancellationToken.None)).IsSuccess);

        async Task<AccountTurnover> ShowAsync(string? after)
        {
            var today = bank.Now.InZone(BankTime.Tirane).Date;
            return (await bank.Get<ShowTurnover>().RunAsync(CustomerId.Of("100000001"), account, today, today, new PageRequest(3, after), CancellationToken.None)).Value!;
        }
    }
}
