using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PeriodicTransfers;

public sealed class PeriodicRaceTests(FriendsBank scene) : IClassFixture<FriendsBank>
{
    private const string Path = "api/v1/transfers/periodic";

    [Fact, ProvesRace("PeriodicTransfers_Create"), Requirement("TRF-28")]
    public async Task A_standing_transfer_is_registered_once_by_one_key_and_by_many()
    {
        var (arta, savings) = await ArtaAsync();
        var client = await arta.ClientAsync();

        await RaceHarness.SameKeyAsync(RaceCall.Post(client, Path, await QuoteAsync("1.00")), () => CountAsync(0));
        var quote = await QuoteAsync("2.00");
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 8).Select(i => (RaceCall.Post(client, Path, quote), (string?)$"key-{i}"))]);
        Assert.Single(answers.Distinct());
        Assert.Equal(1, await CountAsync(1));
        await RaceHarness.SameKeyOtherBodyAsync(RaceCall.Post(client, Path, await QuoteAsync("3.00")), await QuoteAsync("4.00"), () => CountAsync(2));

        async Task<int> CountAsync(int before) => (await arta.GetAsync("transfers/periodic")).Json["items"]!.AsArray().Count - before;

        async Task<string> QuoteAsync(string amount) => Confirm(
            await arta.QuotePeriodicAsync(StandingOrders.Own(arta, savings, """ "frequency":"weekly","startDate":"2027-03-10","count":2 """, amount)));
    }

    [Fact, ProvesRace("PeriodicTransfers_Modify"), ProvesRace("PeriodicTransfers_Cancel"), Requirement("TRF-31"), Requirement("TRF-32")]
    public async Task Changes_and_cancellations_at_once_leave_one_of_them_as_a_whole()
    {
        var (arta, savings) = await ArtaAsync();
        var client = await arta.ClientAsync();
        var id = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"weekly","startDate":"2027-03-10","count":2 """));
        RaceCall Change(int i) => new(client, HttpMethod.Patch, $"{Path}/{id}", $$"""{"amount":{"amount":"{{i}}.00","currency":"ALL"},"count":{{i}}}""");

        await RaceHarness.LastOneStaysAsync([.. Enumerable.Range(2, 6).Select(Change)], async () => (await arta.GetAsync($"transfers/periodic/{id}")).Text);
        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, $"{Path}/{id}/cancellation"), async () => (await arta.SeePeriodicAsync(id)).StartsWith("cancelled", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact, Requirement("TRF-33"), Requirement("TRF-32")]
    public async Task One_occurrence_is_made_once_however_many_run_it_and_a_cancellation_comes_before_or_after_it_as_a_whole()
    {
        await using var own = new FriendsBank();
        await own.InitializeAsync();
        var arta = await own.FriendAsync("Arta Hoxha");
        var savings = await own.OpenAccountAsync(arta.Number, "0.00");
        const string Schedule = """ "frequency":"weekly","startDate":"2027-03-01","count":2 """;
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await arta.OrderAsync(StandingOrders.Own(arta, savings, Schedule, "10.00")));

        // It is 11:00 in Tirana: all are due since 06:00.
        await Task.WhenAll(
            [.. Enumerable.Range(0, 4).Select(_ => own.Bank.Host.FireTimerAsync("PeriodicTransfers_ExecuteDue")),
            .. ids.Take(2).Select(id => arta.PostAsync($"transfers/periodic/{id}/cancellation"))]);
        await own.FireAsync("PeriodicTransfers_ExecuteDue");

        var made = 0;
        foreach (var id in ids)
        {
            var seen = await arta.SeePeriodicAsync(id);
            var isMade = seen.Contains("executed 2027-03-01", StringComparison.Ordinal);
            made += isMade ? 1 : 0;
            Assert.Equal(ids.IndexOf(id) < 2 ? $"cancelled, next none, remaining {(isMade ? 1 : 2)}, last {(isMade ? "executed 2027-03-01" : "none")}"
                : "active, next 2027-03-08, remaining 1, last executed 2027-03-01", seen);
        }

        Assert.Equal($"{made * 10}.00 ALL", await arta.BalanceAsync(savings));
        Assert.Equal($"{1000 - (made * 10)}.00 ALL", await arta.BalanceAsync());
    }

    private async Task<(Friend Arta, Guid Savings)> ArtaAsync()
    {
        var arta = await scene.FriendAsync("Arta Hoxha");
        return (arta, await scene.OpenAccountAsync(arta.Number, "0.00"));
    }

    private static string Confirm(Answer quote)
    {
        Assert.True(quote.Status == 200, quote.ToString());
        return new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]!, ["acceptTerms"] = true }.ToJsonString();
    }
}
