using Serverless.Banking.Sessions;
using Serverless.Testing;
using static Serverless.Banking.Tests.Sessions.SessionScene;

namespace Serverless.Banking.Tests.Sessions;

public sealed class SessionCrashTests
{
    [Fact]
    public async Task A_refresh_killed_at_any_storage_call_is_done_once_and_its_repetition_gets_the_same_tokens() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank => (await bank.OpenAsync()).RefreshToken,
            Act: (bank, token) => bank.RefreshAsync(token, "refresh-1"),
            Check: async (bank, token) =>
            {
                var generation = (await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None)).Sessions.Single().Generation;
                if (generation == 0)
                    return 0;
                var (first, second) = (await bank.RefreshAsync(token, "refresh-1"), await bank.RefreshAsync(token, "refresh-1"));
                return generation == 1 && first.Value!.RefreshToken == second.Value!.RefreshToken && await bank.EndingsAsync() == "open" ? 1 : -1;
            })
        { Services = AddTo }), 2, 4);

    /// <summary>Whoever steals a token and is cut off himself is found out by the next who uses one.</summary>
    [Fact]
    public async Task A_reuse_killed_at_any_storage_call_ends_the_session_and_is_in_the_trail_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                var token = (await bank.OpenAsync()).RefreshToken;
                Assert.True((await bank.RefreshAsync(token, "owner-refresh")).IsSuccess);
                return token;
            },
            Act: (bank, token) => bank.RefreshAsync(token, "thief-refresh"),
            Check: async (bank, _) => (await bank.EndingsAsync(), await bank.CountReusesAsync()) switch
            {
                ("open", 0) => 0,
                ("RefreshReused", 1) => 1,
                // Killed between the ending and the trail, and nobody has tried any of its tokens since.
                ("RefreshReused", 0) => 0,
                _ => -1,
            })
        { Services = AddTo }), 3, 8);

    [Fact]
    public async Task Ending_sessions_killed_at_any_storage_call_ends_all_but_one_or_none() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<SessionId>(
            Arrange: async bank =>
            {
                var kept = (await bank.OpenAsync()).SessionId;
                await bank.OpenAsync(2);
                await bank.OpenAsync(3);
                return kept;
            },
            Act: (bank, kept) => bank.Get<EndSessions>().RunAsync(Arta, SessionEnding.PasswordChanged, kept, null, CancellationToken.None),
            Check: async (bank, _) => await bank.EndingsAsync() switch
            {
                "open open open" => 0,
                "open PasswordChanged PasswordChanged" => 1,
                _ => -1,
            })
        { Services = AddTo }), 2, 4);
}
