using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Applications;

/// <summary>What nobody goes on with ends by the clock, and everybody is reminded before (PROD-31).</summary>
[Collection(ApplicationsBank.Name)]
public sealed class TimeTests(ApplicationsBank scene)
{
    private const string Doubtful = """
        {"monthlyIncome":{"amount":"80000.00","currency":"ALL"},"employedSince":"2024-01-15","obligations":[{"lender":"Banka tjeter","kind":"loan",
        "outstanding":{"amount":"900000.00","currency":"ALL"},"monthlyInstalment":{"amount":"24000.00","currency":"ALL"},"daysPastDue":10}]}
        """;

    [Fact, Requirement("PROD-31"), Requirement("PROD-29"), Requirement("PROD-30"), Requirement("PROD-14")]
    public async Task Drafts_reviews_and_offers_end_in_their_time_with_a_reminder_before_and_a_silent_registry_leaves_it_to_people()
    {
        var (arta, besa, drita, ela) = (await scene.ApplicantAsync(), await scene.ApplicantAsync(Doubtful), await scene.ApplicantAsync(Doubtful), await scene.ApplicantAsync(Doubtful));
        var (draft, _) = await arta.DraftOverdraftAsync("80000.00", "240000.00");
        var (review, _) = await besa.SubmitOverdraftAsync("80000.00", "240000.00");
        var (offer, account) = await drita.SubmitOverdraftAsync("80000.00", "240000.00");
        await scene.DecideAsync(offer, "100000.00");
        await TurnAsync("""{"refuseWith":"no_service"}""");
        var (silent, _) = await ela.SubmitOverdraftAsync("80000.00", "240000.00");
        Assert.Equal("submitted overdraft none -", await ela.StandsAsync(silent));

        // A day later people decide without the registry; after two the desk is reminded.
        await SleepAsync(TimeSpan.FromHours(25), ela);
        await TurnAsync("{}");
        Assert.Equal("in_review overdraft none -", await ela.StandsAsync(silent));
        Assert.Equal("""["registry_silent"]""", (await scene.DeskAsync("GET", $"/{silent}")).Json["assessment"]!["remarks"]!.ToJsonString());
        await SleepAsync(TimeSpan.FromDays(1.5));
        Assert.Contains(await scene.MailsAsync(), mail => mail.Contains(review.ToString(), StringComparison.Ordinal));

        await SleepAsync(TimeSpan.FromDays(10), drita);
        Assert.Single(await drita.PushesAsync(), push => push.Contains("waits for you until", StringComparison.Ordinal));
        Assert.Equal("lower_limit_offered overdraft approve_limit 100000.00 ALL", await drita.StandsAsync(offer));
        await SleepAsync(TimeSpan.FromDays(3), drita);
        Assert.Equal("expired overdraft none 100000.00 ALL draft submitted in_review lower_limit_offered expired", $"{await drita.StandsAsync(offer)} {await drita.TimelineAsync(offer)}");
        Assert.Equal("0.00 ALL", await drita.OverdraftOfAsync(account));

        await SleepAsync(TimeSpan.FromDays(12), arta);
        Assert.Single(await arta.PushesAsync(), push => push.Contains("waits for you until", StringComparison.Ordinal));
        await SleepAsync(TimeSpan.FromDays(3), arta, besa);
        Assert.Single(await arta.PushesAsync(), push => push.Contains("its time ran out", StringComparison.Ordinal));
        Assert.Equal("expired overdraft none - draft expired", $"{await arta.StandsAsync(draft)} {await arta.TimelineAsync(draft)}");
        Assert.Equal("expired overdraft none -", await besa.StandsAsync(review));
        Assert.Equal("409 application_decided", (await scene.ProposeAsync(review, "1000.00")).ToString());
        await scene.EndedAsync(draft, arta);

        // The offer came to nothing two weeks ago and is erased; what ended today is kept for now.
        await scene.Bank.Host.FireTimerAsync("Applications_Erase");
        await drita.SignInAsync();
        Assert.Equal("404 application_not_found", (await drita.Sender.GetAsync($"v1/applications/{offer}")).ToString());
        Assert.Empty((await drita.Sender.GetAsync("v1/applications")).Json["items"]!.AsArray());
        Assert.Equal("expired overdraft none -", await arta.StandsAsync(draft));
    }

    private async Task SleepAsync(TimeSpan time, params Applicant[] wake)
    {
        await scene.Bank.AdvanceAsync(time, asleep: true);
        await scene.Bank.WhenIdleAsync();
        foreach (var applicant in wake)
            await applicant.SignInAsync();
    }

    private async Task TurnAsync(string knobs)
    {
        using var turned = await scene.Bank.Sandbox.PutAsync("knobs/credit-registry", HttpBank.Json(knobs));
        turned.EnsureSuccessStatusCode();
    }
}
