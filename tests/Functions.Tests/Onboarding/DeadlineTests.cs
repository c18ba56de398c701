using NodaTime;
using Serverless.Banking;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Onboarding;

/// <summary>What the clock does to applications (ONB-12, ONB-27, ONB-32).</summary>
[Collection(OnboardingBank.Name)]
public sealed class DeadlineTests(OnboardingBank scene)
{
    [Fact, Requirement("ONB-27"), Requirement("ONB-12"), Requirement("ONB-32"), ProvesRace("Onboarding_EndRelationship")]
    public async Task The_clock_ends_what_nobody_does_reminds_escalates_and_erases()
    {
        // A customer, somebody in review, somebody who is filmed and goes away, somebody whose result got lost, somebody who comes back at the last moment.
        var (customer, held, abandoned, lost, hesitant) = (scene.Newcomer(), scene.Newcomer(), scene.Newcomer(), scene.Newcomer(), scene.Newcomer());
        await customer.ToReviewAsync();
        Assert.Equal(200, (await customer.ConfirmDataAsync()).Status);
        Assert.Equal(200, (await customer.SignAsync()).Status);
        Assert.Equal(200, (await customer.PostAsync("password", $$"""{"password":"{{SignInWalk.Password}}"}""")).Status);
        Assert.Equal(200, (await customer.PostAsync("account-contract/confirmation", $$"""{"documentHash":"{{Applicant.HashOf(await customer.PdfAsync("account-contract"))}}"}""")).Status);
        var number = (string)(await customer.GetAsync()).Json["client"]!["customerNumber"]!;
        foreach (var applicant in new[] { held, abandoned, lost, hesitant })
        {
            Assert.Equal(201, (await applicant.EnterAsync()).Status);
            Assert.Equal(200, (await applicant.ConsentAsync()).Status);
        }

        // And somebody who stops at every other step.
        var (entered, asked, shown, created) = (scene.Newcomer(), scene.Newcomer(), scene.Newcomer(), scene.Newcomer());
        Assert.Equal(201, (await entered.EnterAsync()).Status);
        foreach (var applicant in new[] { asked, shown, created })
            await applicant.ToReviewAsync();
        foreach (var applicant in new[] { shown, created })
            Assert.Equal(200, (await applicant.ConfirmDataAsync()).Status);
        Assert.Equal(200, (await created.SignAsync()).Status);
        await Eventually.IsTrueAsync(async () => await created.StandAsync() == "account_created choose_password");
        Applicant[] stopped = [entered, asked, shown, created];

        await held.VideoAsync("low_confidence");
        await abandoned.FilmAsync(await abandoned.StartVideoAsync(), "abandoned", isTold: false);
        await scene.KnobsAsync("video-kyc", """{"pendingRate":1,"settleAfterMs":null}""");
        await lost.FilmAsync(await lost.StartVideoAsync(), isTold: false);
        Assert.Equal("identifying finish_video", await lost.StandAsync());
        await scene.KnobsAsync("video-kyc", null);

        // The session's half hour: the bank asks what became of it.
        await scene.SleepAsync(TimeSpan.FromMinutes(31));
        await Eventually.IsTrueAsync(async () => await lost.StandAsync() == "identified declare_mobile");
        Assert.Equal("consented start_video", await abandoned.StandAsync());

        // A day, and a week: reminders to who is waited for; two working days: compliance is reminded of its own.
        await scene.SleepAsync(TimeSpan.FromHours(24));
        Assert.Equal(1, await CountAsync(lost.Email, "Your application waits for you"));
        Assert.Equal(0, await CountAsync(held.Email, "Your application waits for you"));
        await scene.SleepAsync(TimeSpan.FromDays(6));
        Assert.Equal(2, await CountAsync(lost.Email, "Your application waits for you"));
        Assert.Equal(0, await CountAsync(customer.Email, "Your application waits for you"));
        Assert.Single(await scene.MessagesAsync("email", OnboardingBank.Compliance), mail => mail.Contains(held.Id, StringComparison.Ordinal));

        // A few minutes before the end a video session begins: the end does not wait for it.
        await scene.SleepAsync(TimeSpan.FromDays(23) - TimeSpan.FromMinutes(41));
        Assert.Equal(200, (await hesitant.EnterAsync("resume")).Status);
        Assert.Equal(201, (await hesitant.StartVideoAsync()).Status);
        Assert.Equal("identifying finish_video", await hesitant.StandAsync());

        // Thirty days: over. The status is shown to who proves the address again, and a new application may be opened.
        await scene.SleepAsync(TimeSpan.FromMinutes(20));
        Assert.Equal("expired none", await hesitant.StandAsync());
        Assert.Equal(
            ["identifying", "expired"], (await hesitant.GetAsync()).Json["timeline"]!.AsArray().Select(entry => (string)entry!["status"]!).TakeLast(2));
        Assert.Equal("409 onboarding_closed", (await hesitant.StartVideoAsync()).ToString());
        Assert.Equal(200, (await lost.EnterAsync("resume")).Status);
        Assert.Equal("expired none", await lost.StandAsync());
        Assert.Equal("409 onboarding_closed expired", $"{await lost.MobileAsync()} {(await lost.MobileAsync()).Json["applicationStatus"]}");
        Assert.Equal("409 review_not_open", (await scene.DecideAsync(held.Id, "approve")).ToString());
        Assert.Equal(1, await CountAsync(lost.Email, "Your application has expired"));
        Assert.Equal("404 onboarding_not_found", (await new Applicant(scene, lost.Email, abandoned.PersonalId, lost.Mobile).EnterAsync("resume")).ToString());
        foreach (var applicant in stopped)
            Assert.Equal("expired", (string)(await OpenAsync(applicant.Id)).Json["status"]!);
        var ended = lost.Id;

        // Ninety days later the timer erases, and not before: application, pictures, everything.
        await scene.SleepAsync(TimeSpan.FromDays(89));
        await scene.Bank.Host.FireTimerAsync("Onboarding_EraseApplications");
        Assert.Equal(200, (await OpenAsync(ended)).Status);
        await scene.SleepAsync(TimeSpan.FromDays(2));
        await scene.Bank.Host.FireTimerAsync("Onboarding_EraseApplications");
        Assert.Equal(404, (await OpenAsync(ended)).Status);
        Assert.Equal(404, (await OpenAsync(held.Id)).Status);
        Assert.Equal(404, (await OpenAsync(shown.Id)).Status);
        Assert.Equal("404 onboarding_not_found", (await lost.EnterAsync("resume")).ToString());
        Assert.Equal("401 application_token_invalid", (await lost.GetAsync()).ToString());

        // A customer's evidence stays until five years after the end of the relationship.
        Assert.Equal(200, (await PictureAsync(customer)).Status);
        var today = Instant.FromDateTimeOffset(scene.Now).InZone(BankTime.Tirane).Date;
        await EndAsync(number, today.PlusYears(-5));
        await scene.Bank.Host.FireTimerAsync("Onboarding_EraseApplications");
        Assert.Equal(200, (await PictureAsync(customer)).Status);
        using var officer = scene.Bank.Client(await scene.OfficerAsync());
        await RaceHarness.SameCallAsync(
            new RaceCall(officer, HttpMethod.Put, $"api/backoffice/v1/customers/{number}/relationship-end", $$"""{"endedOn":"{{today.PlusYears(-5).PlusDays(-1):uuuu-MM-dd}}"}"""),
            async () =>
            {
                await scene.Bank.Host.FireTimerAsync("Onboarding_EraseApplications");
                return (await PictureAsync(customer)).Status == 404 ? 1 : 0;
            });
        Assert.Equal(404, (await OpenAsync(customer.Id)).Status);
        await scene.Bank.Host.FireTimerAsync("Onboarding_EraseApplications");
        await scene.Bank.Host.FireTimerAsync("Onboarding_SweepApplications");

        // What the law lets the bank keep: the customer and the books.
        Assert.Equal("409 already_client", (await customer.EnterAsync()).ToString());
    }

    private async Task<Answer> EndAsync(string number, LocalDate endedOn)
    {
        var ended = await scene.Bank.CallAsync(
            "PUT", $"backoffice/v1/customers/{number}/relationship-end", $$"""{"endedOn":"{{endedOn:uuuu-MM-dd}}"}""", await scene.OfficerAsync());
        Assert.True(ended.Status == 200, ended.ToString());
        return ended;
    }

    private async Task<Answer> OpenAsync(string application) => await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{application}", token: await scene.OfficerAsync());

    private async Task<Answer> PictureAsync(Applicant applicant) =>
        await scene.Bank.CallAsync("GET", $"backoffice/v1/onboarding/applications/{applicant.Id}/evidence/document-front", token: await scene.OfficerAsync());

    private async Task<int> CountAsync(string email, string title) => (await scene.MessagesAsync("email", email)).Count(mail => mail.StartsWith(title, StringComparison.Ordinal));
}
