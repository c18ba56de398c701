using Serverless.Functions.Tests.MoneyRequests;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PeriodicTransfers;

/// <summary>What the clock does with standing transfers. Each test has a bank of its own, because it moves the clock.</summary>
public sealed class ExecutionTests
{
    /// <summary>26 March 2027 is a Friday; on the 28th Albania's clocks go forward.</summary>
    private sealed class SpringBank : FriendsBank
    {
        protected override string Start => "2027-03-26T10:00:00Z";
    }

    [Fact, Requirement("TRF-33"), Requirement("TRF-41")]
    public async Task On_each_due_date_at_six_the_transfer_is_made_once_however_often_the_timer_runs()
    {
        await using var scene = new SpringBank();
        await scene.InitializeAsync();
        var (arta, savings) = await ArtaAsync(scene);
        var drita = await scene.FriendAsync("Drita Kola", "0.00");
        var iban = (string)(await drita.GetAsync($"accounts/{drita.Account}")).Json["iban"]!;
        var own = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"weekly","startDate":"2027-03-27","count":2 """));
        var inside = await arta.OrderAsync(StandingOrders.Inside(arta, iban, """ "frequency":"weekly","startDate":"2027-03-28","endDate":"2027-03-28" """, "10.00"));

        // Winter time: 06:00 in Tirana is 05:00 UTC.
        await scene.PassTimeUntilAsync("2027-03-27T04:59:00Z");
        await arta.SignInAsync();
        Assert.Equal("1000.00 ALL", await arta.BalanceAsync());
        await scene.PassTimeUntilAsync("2027-03-27T05:01:00Z");
        await Task.WhenAll(scene.FireAsync("PeriodicTransfers_ExecuteDue"), scene.FireAsync("PeriodicTransfers_ExecuteDue"));
        await scene.FireAsync("PeriodicTransfers_ExecuteDue");
        await arta.SignInAsync();
        Assert.Equal(("900.00 ALL", "100.00 ALL"), (await arta.BalanceAsync(), await arta.BalanceAsync(savings)));
        Assert.Equal("active, next 2027-04-03, remaining 1, last executed 2027-03-27", await arta.SeePeriodicAsync(own));
        Assert.Equal(["Periodic transfer to Llogaria made: 100.00 ALL, due on 27.03.2027, were sent."], await arta.PushesAsync());

        // Summer time since that night: 06:00 in Tirana is 04:00 UTC.
        await scene.PassTimeUntilAsync("2027-03-28T03:59:00Z");
        await arta.SignInAsync();
        Assert.Equal("active, next 2027-03-28, remaining -, last none", await arta.SeePeriodicAsync(inside));
        await scene.PassTimeUntilAsync("2027-03-28T04:01:00Z");
        await Task.WhenAll(arta.SignInAsync(), drita.SignInAsync());
        Assert.Equal("finished, next none, remaining -, last executed 2027-03-28", await arta.SeePeriodicAsync(inside));
        Assert.Equal(("890.00 ALL", "10.00 ALL"), (await arta.BalanceAsync(), await drita.BalanceAsync()));
        var entry = (await drita.GetAsync($"accounts/{drita.Account}/entries")).Json["items"]![0]!;
        Assert.Equal("inside_transfer Qira", $"{entry["kind"]} {entry["description"]}");

        await scene.SleepUntilAsync("2027-04-03T03:30:00Z");
        await scene.PassTimeUntilAsync("2027-04-03T12:00:00Z");
        await scene.SleepUntilAsync("2027-04-12T12:00:00Z");
        await arta.SignInAsync();
        Assert.Equal("finished, next none, remaining 0, last executed 2027-04-03", await arta.SeePeriodicAsync(own));
        Assert.Equal(("790.00 ALL", "200.00 ALL"), (await arta.BalanceAsync(), await arta.BalanceAsync(savings)));
        var last = (string)(await arta.GetAsync($"transfers/periodic/{own}")).Json["lastResult"]!["transferId"]!;
        Assert.Equal("own settled", (await arta.GetAsync($"transfers/{last}")).Json is var it ? $"{it["type"] ?? it["kind"]} {it["state"]}" : "");
    }

    [Fact, Requirement("TRF-41")]
    public async Task Without_money_it_is_tried_again_at_noon_and_at_six_then_missed_and_counted()
    {
        await using var scene = new SpringBank();
        await scene.InitializeAsync();
        var (arta, savings) = await ArtaAsync(scene, "50.00");
        var id = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"weekly","startDate":"2027-03-27","count":2 """));

        await scene.PassTimeUntilAsync("2027-03-27T05:01:00Z");
        await scene.PassTimeUntilAsync("2027-03-27T11:01:00Z");
        await scene.FireAsync("PeriodicTransfers_ExecuteDue");
        await arta.SignInAsync();
        Assert.Equal("active, next 2027-03-27, remaining 2, last none", await arta.SeePeriodicAsync(id));
        await scene.PassTimeUntilAsync("2027-03-27T17:01:00Z");
        await scene.FireAsync("PeriodicTransfers_ExecuteDue");
        await arta.SignInAsync();
        Assert.Equal("active, next 2027-04-03, remaining 1, last missed 2027-03-27 insufficient_funds", await arta.SeePeriodicAsync(id));
        Assert.Equal(
            [
                "Periodic transfer to Llogaria not made yet: 100.00 ALL could not be sent (not enough money on the account). We will try again at 12:00.",
                "Periodic transfer to Llogaria not made yet: 100.00 ALL could not be sent (not enough money on the account). We will try again at 18:00.",
                "Periodic transfer to Llogaria missed: 100.00 ALL, due on 27.03.2027, could not be sent (not enough money on the account). It will not be made up for.",
            ],
            await arta.PushesAsync());

        // Money on the day after does not bring it back; the second and last one finds some at noon.
        await scene.SleepUntilAsync("2027-04-03T03:30:00Z");
        await scene.PassTimeUntilAsync("2027-04-03T04:30:00Z");
        await scene.DepositAsync(arta.Account, "100.00");
        await scene.PassTimeUntilAsync("2027-04-03T10:01:00Z");
        await arta.SignInAsync();
        Assert.Equal("finished, next none, remaining 0, last executed 2027-04-03", await arta.SeePeriodicAsync(id));
        Assert.Equal(("50.00 ALL", "100.00 ALL"), (await arta.BalanceAsync(), await arta.BalanceAsync(savings)));
    }

    [Fact, Requirement("TRF-41"), Requirement("TRF-33")]
    public async Task A_monthly_date_of_the_31st_falls_on_the_last_day_of_shorter_months_and_back_on_the_31st()
    {
        await using var scene = new SpringBank();
        await scene.InitializeAsync();
        var (arta, savings) = await ArtaAsync(scene);
        var id = await arta.OrderAsync(StandingOrders.Own(arta, savings, """ "frequency":"monthly","startDate":"2027-03-31","endDate":"2027-06-29" """));

        foreach (var (due, next) in new[] { ("2027-03-31", "2027-04-30"), ("2027-04-30", "2027-05-31") })
        {
            await scene.SleepUntilAsync($"{due}T03:30:00Z");
            await scene.PassTimeUntilAsync($"{due}T12:00:00Z");
            await arta.SignInAsync();
            Assert.StartsWith($"active, next {next}", await arta.SeePeriodicAsync(id), StringComparison.Ordinal);
        }

        await scene.SleepUntilAsync("2027-05-31T03:30:00Z");
        await scene.PassTimeUntilAsync("2027-06-01T12:00:00Z");
        await arta.SignInAsync();
        Assert.Equal("finished, next none, remaining -, last executed 2027-05-31", await arta.SeePeriodicAsync(id));
        Assert.Equal("300.00 ALL", await arta.BalanceAsync(savings));
    }

    [Fact, Requirement("TRF-32"), Requirement("TRF-31"), Requirement("TRF-33")]
    public async Task What_was_cancelled_is_not_made_and_what_was_changed_is_made_as_changed()
    {
        await using var scene = new SpringBank();
        await scene.InitializeAsync();
        var (arta, savings) = await ArtaAsync(scene);
        const string Schedule = """ "frequency":"weekly","startDate":"2027-03-27","count":3 """;
        var cancelled = await arta.OrderAsync(StandingOrders.Own(arta, savings, Schedule));
        var changed = await arta.OrderAsync(StandingOrders.Own(arta, savings, Schedule, "1.00"));
        await arta.PostAsync($"transfers/periodic/{cancelled}/cancellation");
        await scene.PassTimeUntilAsync("2027-03-27T12:00:00Z");
        await arta.SignInAsync();
        Assert.Equal("1.00 ALL", await arta.BalanceAsync(savings));

        // The date already made stays made, whatever the new schedule would say of it.
        Assert.Equal(200, (await arta.CallAsync("PATCH", $"transfers/periodic/{changed}", """{"frequency":"monthly","amount":{"amount":"5.00","currency":"ALL"}}""")).Status);
        Assert.Equal("active, next 2027-04-27, remaining 2, last executed 2027-03-27", await arta.SeePeriodicAsync(changed));
        Assert.Equal("400 invalid_input\n/count count_already_made", (await arta.CallAsync("PATCH", $"transfers/periodic/{changed}", """{"count":1}""")).ToString());
        Assert.Equal(
            "400 invalid_input\n/endDate end_date_too_early",
            (await arta.CallAsync("PATCH", $"transfers/periodic/{changed}", """{"endDate":"2027-03-27"}""")).ToString());
        Assert.Equal(200, (await arta.CallAsync("PATCH", $"transfers/periodic/{changed}", """{"startDate":"2027-03-28","frequency":"weekly","count":2}""")).Status);
        await scene.PassTimeUntilAsync("2027-03-28T12:00:00Z");
        await arta.SignInAsync();
        Assert.Equal("finished, next none, remaining 0, last executed 2027-03-28", await arta.SeePeriodicAsync(changed));
        Assert.Equal("6.00 ALL", await arta.BalanceAsync(savings));
    }

    private static async Task<(Friend Arta, Guid Savings)> ArtaAsync(FriendsBank scene, string balance = "1000.00")
    {
        var arta = await scene.FriendAsync("Arta Hoxha", balance);
        return (arta, await scene.OpenAccountAsync(arta.Number, "0.00"));
    }
}
