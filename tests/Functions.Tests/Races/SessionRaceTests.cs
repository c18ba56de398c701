using Serverless.Functions.Tests.Sessions;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Races;

/// <summary>Sessions and the mobile channel raced with themselves.</summary>
public sealed class SessionRaceTests(SignInBank scene) : IClassFixture<SignInBank>
{
    [Fact, ProvesRace("Sessions_Refresh"), ProvesRace("Sessions_SignOut")]
    public async Task A_refresh_sent_by_many_leaves_one_good_session_and_signing_out_by_many_ends_it()
    {
        var visit = await scene.SignInAsync(await scene.RegisterAsync());
        var key = Guid.NewGuid().ToString();
        var proof = visit.Device.Refreshing(visit.RefreshToken, scene.Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visit.RefreshAsync(visit.RefreshToken, key, proof: proof)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Single(answers.Select(answer => (string)answer.Json["refreshToken"]!).Distinct(StringComparer.Ordinal));
        Assert.Equal(200, (await visit.GetAsync()).Status);
        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visit.SignOutAsync()));
        Assert.Single(ends.Select(answer => answer.ToString()).Distinct(StringComparer.Ordinal));
        Assert.Equal(401, (await visit.GetAsync()).Status);
    }

    [Fact, ProvesRace("Channels_Block"), ProvesRace("Channels_Reactivate")]
    public async Task A_channel_is_blocked_once_and_reactivated_once_however_many_officers_do_it()
    {
        var number = await scene.RegisterAsync();
        const string Why = """{"identifiedBy":"identity card","reason":"A new telephone."}""";
        const string Asked = """{"askedBy":"the customer","identifiedBy":"identity card","reason":"No longer wanted."}""";
        using var officer = await scene.Bank.StaffAsync("officer-1", "contact_centre branch");
        var path = $"api/backoffice/v1/customers/{number}/channel";

        var blocked = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 4).Select(_ => (new RaceCall(officer, HttpMethod.Put, $"{path}/blocking", Asked), (string?)null))]);
        Assert.All(blocked, answer => Assert.True(answer.IsSuccess, answer.ToString()));
        Assert.Single(blocked.Distinct());
        var back = await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 4).Select(_ => (new RaceCall(officer, HttpMethod.Put, $"{path}/reactivation", Why), (string?)null))]);
        Assert.Single(back, answer => answer.IsSuccess);
        Assert.All(back.Where(answer => !answer.IsSuccess), answer => Assert.Equal("409 channel_not_blocked", answer.ToString()));
    }
}
