using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

/// <summary>Proposals and decisions raced with themselves.</summary>
public sealed class BackOfficeRaceTests(Office office) : IClassFixture<Office>
{
    [Fact]
    [ProvesRace("BackOffice_ProposeStatusChange"), ProvesRace("BackOffice_ProposeOverdraftLimit"), ProvesRace("BackOffice_ProposeMinimumBalance")]
    public async Task A_proposal_sent_by_many_is_one_proposal()
    {
        var account = await office.OpenAsync();
        async Task<int> Proposals() => (await office.ItemsAsync("api/backoffice/v1/changes?limit=100")).Count(change => (string)change!["resource"]! == $"account/{account.Id}");

        await RaceHarness.SameKeyAsync(RaceCall.Post(office.Teller, Office.Status(account), """{"status":"blocked","reason":"a"}"""), Proposals, 16);
        await RaceHarness.SameKeyAsync(RaceCall.Post(office.Teller, Office.Overdraft(account), Office.Amount("limit", "5.00")), async () => await Proposals() - 1);
        await RaceHarness.SameKeyOtherBodyAsync(
            RaceCall.Post(office.Teller, Office.Minimum(account), Office.Amount("minimum", "5.00")), Office.Amount("minimum", "6.00"), async () => await Proposals() - 2);
        Assert.Equal(3, (await office.AuditAsync($"resource=account/{account.Id}")).Count);
    }

    [Fact, ProvesRace("BackOffice_ProposeReversal"), ProvesRace("BackOffice_DecideChange")]
    public async Task A_reversal_proposed_and_approved_by_many_at_once_moves_the_money_back_once()
    {
        var account = await office.OpenAsync();
        var deposit = (string)(await office.DepositAsync(account, "20.00")).Json["transactionId"]!;
        var body = $$"""{"transactionId":"{{deposit}}","accountId":"{{account.Id}}","reason":"Gabim"}""";
        var changes = new List<JsonNode>();
        for (var i = 0; i < 3; i++)
            changes.Add((await RaceHarness.SameKeyAsync(RaceCall.Post(office.Ilir, "api/backoffice/v1/ledger/reversals", body), () => Task.FromResult(1), 4)).Json);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Office.DecideAsync(office.Mira, changes[i % 3])));

        Assert.All(answers, answer => Assert.Equal("applied", (string)answer.Json["state"]!));
        Assert.Single(answers.Select(answer => (string)answer.Json["outcome"]!).Distinct());
        Assert.Equal(("0.00", 2), (await office.BalanceAsync(account), (await office.EntriesAsync(account)).Count));
        Assert.Equal(6, (await office.AuditAsync($"resource=journal/{deposit}")).Count);
        await office.ProvenAsync();
    }

    [Fact, ProvesRace("BackOffice_DecideChange")]
    public async Task Of_an_approval_and_a_rejection_one_stands()
    {
        var account = await office.OpenAsync();
        var change = (await Office.PostAsync(office.Teller, Office.Status(account), """{"status":"blocked","reason":"a"}""")).Json;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Office.DecideAsync(i % 2 == 0 ? office.Mira : office.Ilir, change, i % 2 == 0 ? "approve" : "reject")));

        var states = answers.Where(answer => answer.IsSuccess).Select(answer => (string)answer.Json["state"]!).Distinct().ToArray();
        Assert.Single(states);
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal("409 change_already_decided", answer.ToString()));
        Assert.Equal(states[0] == "applied" ? "blocked" : "active", (string)(await office.AccountAsync(account))["status"]!);
    }

    [Fact, ProvesRace("BackOffice_ProposeSuspenseResolution")]
    public async Task What_waits_in_suspense_goes_to_one_account_whoever_approves_what_first()
    {
        var (arta, besnik) = (await office.OpenAsync("10.00"), await office.OpenAsync());
        var heirs = new[] { await office.OpenAsync(), await office.OpenAsync() };
        var item = await CorrectionTests.SuspendAsync(office, arta, besnik, "4.00");
        var changes = new List<JsonNode>();
        foreach (var heir in heirs)
        {
            changes.Add((await RaceHarness.SameKeyAsync(
                RaceCall.Post(office.Ilir, $"api/backoffice/v1/ledger/suspense/{(string)item["id"]!}/resolutions", CorrectionTests.To(heir)), () => Task.FromResult(1), 4)).Json);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Office.DecideAsync(office.Mira, changes[i % 2])));

        Assert.Equal(["applied", "failed"], answers.Select(answer => (string)answer.Json["state"]!).Distinct().Order());
        Assert.Equal(["0.00", "4.00"], new[] { await office.BalanceAsync(heirs[0]), await office.BalanceAsync(heirs[1]) }.Order());
        await office.ProvenAsync();
    }
}
