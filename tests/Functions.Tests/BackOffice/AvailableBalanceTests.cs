using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>What customers can dispose of, computed in one way everywhere.</summary>
public sealed class AvailableBalanceTests(Office office) : IClassFixture<Office>
{
    [Fact, Requirement("ACC-20")]
    public async Task What_is_available_is_the_balance_less_what_is_held_and_the_unused_overdraft()
    {
        var account = await office.OpenAsync("100.00");
        var other = await office.OpenAsync("0.00", account.Customer);
        var change = await office.ChangeAsync(Office.Overdraft(account), Office.Amount("limit", "50.00"));
        Assert.Equal(("ALL 0.00", "ALL 50.00", "ALL 50.00"), ((string)change["before"]!, (string)change["after"]!, (string)change["outcome"]!));

        Assert.Equal("100.00 0.00 150.00", await FiguresAsync());
        Assert.Equal(201, (int)(await office.TransferAsync(account, other, "120.00")).Status);
        Assert.Equal("-20.00 0.00 30.00", await FiguresAsync());
        var refused = await office.TransferAsync(account, other, "30.01");
        Assert.Equal(("422 insufficient_funds", "0.01"), (refused.ToString(), (string)refused.Json["missing"]!["amount"]!));

        // Less than is used cannot be taken back; what is not used can.
        var failed = await Office.DecideAsync(office.Mira, (await Office.PostAsync(office.Teller, Office.Overdraft(account), Office.Amount("limit", "19.99"))).Json);
        Assert.Equal(("failed", "overdraft_in_use"), ((string)failed.Json["state"]!, (string)failed.Json["failure"]!));
        await office.ChangeAsync(Office.Overdraft(account), Office.Amount("limit", "20.00"));
        Assert.Equal("-20.00 0.00 0.00", await FiguresAsync());
        await office.ProvenAsync();

        async Task<string> FiguresAsync()
        {
            var found = await office.AccountAsync(account);
            return $"{found["balance"]!["amount"]} {found["held"]!["amount"]} {found["available"]!["amount"]}";
        }
    }
}
