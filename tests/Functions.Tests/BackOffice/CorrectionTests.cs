using System.Text.Json.Nodes;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Races;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>Mistakes are reversed, and money in suspense finds an account: each by two people.</summary>
public sealed class CorrectionTests(Office office) : IClassFixture<Office>
{
    [Fact]
    public async Task A_wrong_booking_is_reversed_by_two_people_once()
    {
        var account = await office.OpenAsync("100.00");
        var deposit = (string)(await office.DepositAsync(account, "20.00")).Json["transactionId"]!;
        var body = $$"""{"transactionId":"{{deposit}}","accountId":"{{account.Id}}","reason":"Derdhje e gabuar"}""";
        var (first, second) = (await Office.PostAsync(office.Ilir, "api/backoffice/v1/ledger/reversals", body), await Office.PostAsync(office.Ilir, "api/backoffice/v1/ledger/reversals", body));
        Assert.Equal("403 role_missing", (await Office.PostAsync(office.Teller, "api/backoffice/v1/ledger/reversals", body)).ToString());
        Assert.Equal("403 four_eyes_required", (await Office.DecideAsync(office.Ilir, first.Json)).ToString());

        var applied = await Office.DecideAsync(office.Mira, first.Json);
        var again = await Office.DecideAsync(office.Mira, second.Json);

        Assert.Equal(("applied", "applied"), ((string)applied.Json["state"]!, (string)again.Json["state"]!));
        Assert.Equal((string)applied.Json["outcome"]!, (string)again.Json["outcome"]!);
        Assert.Equal(applied, await Office.DecideAsync(office.Mira, first.Json));
        var entries = await office.EntriesAsync(account);
        Assert.Equal(["cash_deposit_reversal -20.00 Derdhje e gabuar", "cash_deposit 20.00 Derdhje", "cash_deposit 100.00 Derdhje"],
            entries.Select(entry => $"{entry!["kind"]} {entry["amount"]!["amount"]} {entry["description"]}"));
        Assert.Equal((string)applied.Json["outcome"]!, (string)entries[0]!["transactionId"]!);
        Assert.Equal("409 already_reversed", (await Office.PostAsync(office.Ilir, "api/backoffice/v1/ledger/reversals", body)).ToString());
        Assert.Equal(["mira change_applied", "mira change_applied", "ilir change_own_decision_refused", "ilir change_proposed", "ilir change_proposed"],
            (await office.AuditAsync($"resource=journal/{deposit}")).Select(record => $"{record!["actor"]} {record["action"]}"));
        await office.ProvenAsync();
    }

    [Fact]
    public async Task A_reversal_whose_money_was_spent_fails_and_can_be_proposed_again_when_it_is_there()
    {
        var account = await office.OpenAsync();
        var other = await office.OpenAsync(customer: account.Customer);
        var deposit = (string)(await office.DepositAsync(account, "20.00")).Json["transactionId"]!;
        await office.TransferAsync(account, other, "20.00");
        var body = $$"""{"transactionId":"{{deposit}}","accountId":"{{account.Id}}","reason":"Gabim"}""";

        var failed = await office.ChangeAsync("api/backoffice/v1/ledger/reversals", body);
        Assert.Equal(("failed", "insufficient_funds"), ((string)failed["state"]!, (string)failed["failure"]!));

        await office.TransferAsync(other, account, "20.00");
        Assert.Equal("applied", (string)(await office.ChangeAsync("api/backoffice/v1/ledger/reversals", body))["state"]!);
        Assert.Equal("0.00", await office.BalanceAsync(account));
        Assert.Equal("404 journal_not_found", (await Office.PostAsync(
            office.Ilir, "api/backoffice/v1/ledger/reversals", body.Replace(deposit, Guid.NewGuid().ToString(), StringComparison.Ordinal))).ToString());
    }

    [Fact]
    public async Task Money_that_finds_its_account_blocked_waits_in_suspense_until_two_people_give_it_an_account()
    {
        var (arta, besnik) = (await office.OpenAsync("10.00"), await office.OpenAsync());
        var heir = await office.OpenAsync(customer: besnik.Customer);
        var item = await SuspendAsync(office, arta, besnik, "4.00");

        Assert.Equal(("4.00", "Arta", $"{besnik.Id}", "open"), (
            (string)item["amount"]!["amount"]!, (string)item["counterpartyName"]!, (string)item["intendedFor"]!, (string)item["state"]!));
        Assert.Equal("credit_suspended", (string)(await office.AuditAsync($"resource=account/{besnik.Id}&action=credit_suspended")).Single()!["action"]!);
        var resolutions = $"api/backoffice/v1/ledger/suspense/{(string)item["id"]!}/resolutions";
        Assert.Equal("422 account_blocked", (await Office.PostAsync(office.Ilir, resolutions, To(besnik))).ToString());
        Assert.Equal("404 account_not_found", (await Office.PostAsync(office.Ilir, resolutions, To(besnik with { Id = Guid.NewGuid() }))).ToString());
        var rival = await Office.PostAsync(office.Ilir, resolutions, To(arta));

        var resolved = await office.ChangeAsync(resolutions, To(heir));

        Assert.Equal("applied", (string)resolved["state"]!);
        Assert.Equal(("4.00", "0.00", "6.00"), (await office.BalanceAsync(heir), await office.BalanceAsync(besnik), await office.BalanceAsync(arta)));
        var late = await Office.DecideAsync(office.Mira, rival.Json);
        Assert.Equal(("failed", "suspense_item_taken"), ((string)late.Json["state"]!, (string)late.Json["failure"]!));
        Assert.Equal("409 suspense_item_taken", (await Office.PostAsync(office.Ilir, resolutions, To(heir))).ToString());
        Assert.DoesNotContain(await office.ItemsAsync("api/backoffice/v1/ledger/suspense?limit=100"), other => (string)other!["id"]! == (string)item["id"]!);
        Assert.Equal("404 suspense_item_not_found", (await Office.PostAsync(office.Ilir, $"api/backoffice/v1/ledger/suspense/{Guid.NewGuid()}/resolutions", To(heir))).ToString());
        await office.ProvenAsync();
    }

    /// <summary>A transfer whose poster died after its intent, whose payee was blocked before the sweeper came.</summary>
    internal static async Task<JsonNode> SuspendAsync(Office office, RacedAccount from, RacedAccount to, string amount)
    {
        var money = Money.Find(amount, Currency.All)!;
        var journal = new Journal(
            TransactionId.Derive("suspended", from.Id.ToString()), "inside_transfer",
            [Leg.Debit(new AccountId(from.Id), money), Leg.Credit(new AccountId(to.Id), money, new Party("Arta", null))], "Qira", new LocalDate(2026, 3, 2), "");
        await office.Bank.LeaveOpenAsync(journal);
        await office.SetStatusAsync(to, "blocked");
        await office.Bank.AdvanceAsync(TimeSpan.FromMinutes(3));
        await office.SignInAsync();
        return (await office.ItemsAsync("api/backoffice/v1/ledger/suspense?limit=100")).Single(item => (string)item!["transactionId"]! == journal.Id.Value.ToString())!;
    }

    internal static string To(RacedAccount account) => $$"""{"accountId":"{{account.Id}}","reason":"Llogari e re"}""";
}
