using Serverless.Testing;

namespace Serverless.Functions.Tests.BackOffice;

public sealed class TrialBalanceTests(Office office) : IClassFixture<Office>
{
    private const string Runs = "api/backoffice/v1/ledger/trial-balances";

    [Fact, ProvesRace("BackOffice_StartTrialBalance"), ProvesRace("BackOffice_ContinueTrialBalance")]
    public async Task A_trial_balance_in_steps_shows_how_far_it_is_and_ends_like_one_in_one_go()
    {
        for (var i = 0; i < 6; i++)
            await office.DepositAsync(await office.OpenAsync("10.00"), "5.00");

        // The bank's own entries follow the answers.
        await office.Bank.WhenIdleAsync();
        var run = (await RaceHarness.SameKeyAsync(new RaceCall(office.Ilir, HttpMethod.Post, Runs), () => Task.FromResult(1))).Json;
        Assert.Equal((false, 0, 0L), ((bool)run["isDone"]!, (int)run["percent"]!, (long)run["rows"]!));
        var steps = $"{Runs}/{(string)run["id"]!}/steps";

        var rows = new List<long>();
        while (!(bool)run["isDone"]!)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Office.SendAsync(office.Mira, HttpMethod.Post, steps, """{"rows":6}""")));
            Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.Equal("409 trial_balance_busy", answer.ToString()));
            run = (await Office.SendAsync(office.Ilir, HttpMethod.Get, steps[..^6], null)).Json;
            rows.Add((long)run["rows"]!);
        }

        Assert.Equal(rows.Order(), rows);
        Assert.True(rows.Count > 3, string.Join(' ', rows));
        Assert.True((bool)run["result"]!["isProven"]!, run.ToJsonString());
        var whole = (await Office.SendAsync(office.Ilir, HttpMethod.Get, "api/backoffice/v1/ledger/trial-balance", null)).Json;
        Assert.Equal(whole["currencies"]!.ToJsonString(), run["result"]!["currencies"]!.ToJsonString());
        Assert.Equal("404 trial_balance_not_found", (await Office.SendAsync(office.Ilir, HttpMethod.Get, $"{Runs}/{Guid.NewGuid()}", null)).ToString());
        Assert.Equal("404 trial_balance_not_found", (await Office.SendAsync(office.Ilir, HttpMethod.Post, $"{Runs}/{Guid.NewGuid()}/steps", "{}")).ToString());
        Assert.StartsWith("400 invalid_input", (await Office.SendAsync(office.Ilir, HttpMethod.Post, steps, """{"rows":0}""")).ToString());
    }

    [Fact, ProvesRace("BackOffice_StartAccountProof")]
    public async Task One_account_is_proven_in_steps_too_while_it_is_used()
    {
        var account = await office.OpenAsync("10.00");
        for (var i = 0; i < 5; i++)
            await office.DepositAsync(account, "5.00");
        var run = (await RaceHarness.SameKeyAsync(
            new RaceCall(office.Ilir, HttpMethod.Post, $"api/backoffice/v1/ledger/accounts/{account.Id}/proofs"), () => Task.FromResult(1), 4)).Json;
        Assert.Equal((account.Id.ToString(), false), ((string)run["accountId"]!, (bool)run["isDone"]!));

        var percents = new List<int>();
        for (var step = 0; !(bool)run["isDone"]!; step++)
        {
            run = (await Office.SendAsync(office.Mira, HttpMethod.Post, $"{Runs}/{(string)run["id"]!}/steps", """{"rows":2}""")).Json;
            percents.Add((int)run["percent"]!);
            if (step < 2)
                await office.DepositAsync(account, "1.00");
        }

        Assert.Equal(percents.Order(), percents);
        Assert.True(percents.Count > 4, string.Join(' ', percents));
        Assert.Equal((true, 1, 0), ((bool)run["result"]!["isProven"]!, (int)run["result"]!["accounts"]!, run["result"]!["currencies"]!.AsArray().Count));
        Assert.InRange((int)run["result"]!["entries"]!, 6, 7);
        Assert.Equal(
            "404 account_not_found",
            (await Office.SendAsync(office.Ilir, HttpMethod.Post, $"api/backoffice/v1/ledger/accounts/{Guid.NewGuid()}/proofs", null, "k")).ToString());
    }
}
