using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>Status and limits of accounts, as two people of the bank set them and every debit and credit obeys.</summary>
public sealed class AccountStatusTests(Office office) : IClassFixture<Office>
{
    [Theory, Requirement("ACC-24")]
    [InlineData("active", true, true)]
    [InlineData("dormant", false, true)]
    [InlineData("blocked_debit", false, true)]
    [InlineData("blocked", false, false)]
    public async Task The_status_that_two_people_set_says_whether_the_account_is_debited_and_credited(string status, bool debits, bool credits)
    {
        var account = await office.OpenAsync("100.00");
        var other = await office.OpenAsync("100.00", account.Customer);
        await office.SetStatusAsync(account, status == "active" ? "dormant" : "active");

        var change = await office.SetStatusAsync(account, status);

        Assert.Equal(("applied", "account_status", "teller-1", "mira"), ((string)change["state"]!, (string)change["kind"]!, (string)change["proposedBy"]!, (string)change["decidedBy"]!));
        Assert.Equal(status, (string)(await office.AccountAsync(account))["status"]!);
        var (debit, credit, deposit) = (
            await office.TransferAsync(account, other, "1.00"), await office.TransferAsync(other, account, "1.00"), await office.DepositAsync(account, "2.00"));
        Assert.Equal(debits ? "201" : "422 account_blocked", debits ? $"{(int)debit.Status}" : debit.ToString());
        Assert.Equal(credits ? "201 201" : "422 account_blocked 422 account_blocked", credits ? $"{(int)credit.Status} {(int)deposit.Status}" : $"{credit} {deposit}");
        if (!credits)
            Assert.Equal(status, (string)deposit.Json["accountStatus"]!);
        Assert.Equal($"{100 - (debits ? 1 : 0) + (credits ? 3 : 0)}.00", await office.BalanceAsync(account));
        await office.ProvenAsync();
    }

    [Fact, Requirement("ACC-24")]
    public async Task An_account_is_closed_when_it_is_empty_and_then_for_ever()
    {
        var (account, other) = (await office.OpenAsync("10.00", "300900001"), await office.OpenAsync("0.00", "300900001"));
        Task<RaceAnswer> Propose(string status) => Office.PostAsync(office.Teller, Office.Status(account), $$"""{"status":"{{status}}","reason":"Mbyllje"}""");

        var full = await Propose("closed");
        Assert.Equal(("422 account_not_empty", "10.00"), (full.ToString(), (string)full.Json["balance"]!["amount"]!));
        Assert.Equal(201, (int)(await office.TransferAsync(account, other, "10.00")).Status);

        // Money that arrives between proposal and decision keeps it open.
        var early = await Propose("closed");
        await office.DepositAsync(account, "1.00");
        var failed = await Office.DecideAsync(office.Mira, early.Json);
        Assert.Equal(("failed", "account_not_empty"), ((string)failed.Json["state"]!, (string)failed.Json["failure"]!));
        Assert.Equal(201, (int)(await office.TransferAsync(account, other, "1.00")).Status);

        Assert.Equal("applied", (string)(await office.SetStatusAsync(account, "closed"))["state"]!);
        Assert.Equal("422 account_blocked", (await Propose("active")).ToString());
        var deposit = await office.DepositAsync(account, "1.00");
        Assert.Equal(("422 account_blocked", "closed"), (deposit.ToString(), (string)deposit.Json["accountStatus"]!));
        Assert.Equal("422 account_blocked", (await office.TransferAsync(other, account, "1.00")).ToString());
    }

    [Fact, Requirement("ACC-14")]
    public async Task A_debit_leaves_the_minimum_balance_and_the_refusal_says_how_much_can_be_debited()
    {
        var account = await office.OpenAsync("2000.00");
        var other = await office.OpenAsync("0.00", account.Customer);
        await office.ChangeAsync(Office.Minimum(account), Office.Amount("minimum", "1500.00"));

        var refused = await office.TransferAsync(account, other, "500.01");
        Assert.Equal(("422 minimum_balance", "500.00"), (refused.ToString(), (string)refused.Json["highest"]!["amount"]!));
        Assert.Equal(201, (int)(await office.TransferAsync(account, other, "500.00")).Status);
        Assert.Equal("0.00", (string)(await office.TransferAsync(account, other, "0.01")).Json["highest"]!["amount"]!);

        // Before it is closed, the branch lets all of it be paid out.
        await office.ChangeAsync(Office.Minimum(account), Office.Amount("minimum", "0.00"));
        Assert.Equal(201, (int)(await office.TransferAsync(account, other, "1500.00")).Status);
        Assert.Equal("0.00", await office.BalanceAsync(account));
    }

    [Fact]
    public async Task Whoever_proposes_does_not_decide_and_what_is_decided_stays_so()
    {
        var account = await office.OpenAsync();
        var proposed = (await Office.PostAsync(office.Mira, Office.Status(account), """{"status":"blocked","reason":"Urdhër"}""")).Json;
        Assert.Equal(("proposed", "Active", "Blocked"), ((string)proposed["state"]!, (string)proposed["before"]!, (string)proposed["after"]!));

        Assert.Equal("403 four_eyes_required", (await Office.DecideAsync(office.Mira, proposed)).ToString());
        Assert.Equal("403 role_missing", (await Office.DecideAsync(office.Teller, proposed)).ToString());
        Assert.Contains(await office.ItemsAsync("api/backoffice/v1/changes?open=true&limit=100"), change => (string)change!["id"]! == (string)proposed["id"]!);
        var rejected = await Office.DecideAsync(office.Ilir, proposed, "reject");
        Assert.Equal("rejected", (string)rejected.Json["state"]!);

        Assert.Equal(rejected, await Office.DecideAsync(office.Ilir, proposed, "reject"));
        Assert.Equal("409 change_already_decided", (await Office.DecideAsync(office.Ilir, proposed)).ToString());
        Assert.Equal("active", (string)(await office.AccountAsync(account))["status"]!);
        Assert.DoesNotContain(await office.ItemsAsync("api/backoffice/v1/changes?open=true&limit=100"), change => (string)change!["id"]! == (string)proposed["id"]!);
        var trail = await office.AuditAsync($"resource=account/{account.Id}");
        Assert.Equal(
            ["ilir change_rejected", "mira change_own_decision_refused", "mira change_proposed"], trail.Select(record => $"{record!["actor"]} {record["action"]}"));
        Assert.Equal(("Active", "E shqyrtuar"), ((string)trail[0]!["before"]!, (string)trail[0]!["reason"]!));
    }

    [Fact]
    public async Task Faults_and_refusals_of_proposals()
    {
        var (account, euro) = (await office.OpenAsync(), await office.OpenAsync(currency: "EUR"));
        async Task<string> Says(string path, string json) => (await Office.PostAsync(office.Teller, path, json)).ToString();

        Assert.StartsWith("400 invalid_input", await Says(Office.Status(account), """{"status":"sleeping","reason":"x"}"""));
        Assert.StartsWith("400 invalid_input", await Says(Office.Overdraft(account), Office.Amount("limit", "-1.00")));
        Assert.StartsWith("400 invalid_input", await Says(Office.Overdraft(account), Office.Amount("limit", "1.001")));
        Assert.Equal("422 account_currency_mismatch", await Says(Office.Overdraft(euro), Office.Amount("limit", "1.00")));
        Assert.Equal("422 account_currency_mismatch", await Says(Office.Minimum(euro), Office.Amount("minimum", "1.00")));
        var nobody = account with { Id = Guid.NewGuid() };
        Assert.Equal("404 account_not_found", await Says(Office.Status(nobody), """{"status":"blocked","reason":"x"}"""));
        Assert.Equal("404 account_not_found", await Says(Office.Overdraft(nobody), Office.Amount("limit", "1.00")));
        Assert.Equal("404 change_not_found", (await Office.SendAsync(office.Ilir, HttpMethod.Get, $"api/backoffice/v1/changes/{Guid.NewGuid()}", null)).ToString());
        Assert.Equal("404 change_not_found", (await Office.SendAsync(
            office.Ilir, HttpMethod.Put, $"api/backoffice/v1/changes/{Guid.NewGuid()}/decision", """{"decision":"approve"}""")).ToString());
    }
}
