using Serverless.Banking.Sessions;
using Serverless.Testing;
using static Serverless.Banking.Tests.Sessions.SessionScene;

namespace Serverless.Banking.Tests.Sessions;

public sealed class SessionRaceTests
{
    [Fact]
    public async Task One_refresh_sent_by_eight_at_once_is_answered_alike_and_the_session_goes_on()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var token = (await bank.OpenAsync()).RefreshToken;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bank.RefreshAsync(token, "refresh-1")));

        var next = Assert.Single(answers.Select(answer => answer.Value!.RefreshToken).Distinct());
        Assert.True((await bank.RefreshAsync(next, "refresh-2")).IsSuccess);
        Assert.Equal("open", await bank.EndingsAsync());
    }

    /// <summary>Two have the token: neither goes on, whoever was first, and the trail says so once.</summary>
    [Fact]
    public async Task A_token_used_by_eight_different_orders_at_once_ends_the_session()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var token = (await bank.OpenAsync()).RefreshToken;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => bank.RefreshAsync(token, $"refresh-{i}")));

        var first = Assert.Single(answers, answer => answer.IsSuccess).Value!;
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.IsType<SessionRefreshReused>(answer.Error));
        Assert.IsType<SessionRefreshReused>((await bank.RefreshAsync(first.RefreshToken, "refresh-next")).Error);
        Assert.Equal(("RefreshReused", 1), (await bank.EndingsAsync(), await bank.CountReusesAsync()));
    }

    [Fact]
    public async Task Whatever_refreshes_while_sessions_are_ended_is_over_and_so_is_what_opens_before_it()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        for (var round = 0; round < 10; round++)
        {
            var browser = 1 + (round % 3);
            var opened = (await bank.Get<OpenSession>().RunAsync(
                new SessionStart(Arta, null, SessionChannel.Web, Browser(browser), null, false, SessionScope.Full, ["pwd", "otp"], true, $"round {round}"), CancellationToken.None)).Value!;

            await Task.WhenAll(
                bank.RefreshAsync(opened.RefreshToken, $"refresh-{round}", browser), bank.Get<EndSessions>().RunAsync(Arta, SessionEnding.PasswordChanged, CancellationToken.None),
                bank.RefreshAsync(opened.RefreshToken, $"refresh-{round}", browser));

            Assert.IsType<SessionPasswordChanged>((await bank.RefreshAsync(opened.RefreshToken, $"refresh-{round}", browser)).Error);
            Assert.DoesNotContain("open", await bank.EndingsAsync(), StringComparison.Ordinal);
        }
    }
}
