using Serverless.Banking.Audit;
using Serverless.Banking.Channels;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Tests.Credentials;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Channels;

public sealed class BlockingCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    /// <summary>The officer may never ask again: what was blocked is told of by the sweep.</summary>
    [Fact]
    public async Task An_emergency_block_killed_at_any_storage_call_ends_the_sessions_and_is_told_of_once_or_nothing_is_done() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: async bank =>
            {
                await bank.SaveContactAsync(Arta);
                Assert.True((await bank.Get<OpenSession>().RunAsync(
                    new SessionStart(Arta, null, SessionChannel.Web, InstallationId.Of("browser-0000000001"), null, false, SessionScope.Full, ["pwd", "otp"], true, "login"),
                    CancellationToken.None)).IsSuccess);
                return default;
            },
            Act: (bank, _) => bank.Get<BlockChannel>().RunAsync(
                new ChannelBlocking(Arta, "customer", "questions", "Telefoni u humb", true, "agent-1", null), CancellationToken.None),
            Check: async (bank, _) =>
            {
                var (head, sessions) = await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None);
                var day = bank.Now.InUtc().Date;
                var recorded = await bank.Get<ListAudit>().RunAsync(
                    new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: "channel_blocked"), PageRequest.First, CancellationToken.None);
                return (head.State, recorded.Items.Count, await bank.SeeNoticesAsync(), (await bank.Get<ChannelTable>().UnfinishedAsync(CancellationToken.None)).Count) switch
                {
                    (not ChannelState.Blocked, 0, "", 0) => 0,
                    (ChannelState.Blocked, 1, "Email ChannelBlocked of 100000001, Sms ChannelBlocked of 100000001", 0) => 1,
                    _ => -1,
                };
            })
        {
            Services = services =>
            {
                CredentialsScene.AddTo(services);
                services.AddChannels();
            },
            Heal = (bank, _) => bank.Get<SweepChannels>().RunAsync(CancellationToken.None),
        }), 8, 40);
}
