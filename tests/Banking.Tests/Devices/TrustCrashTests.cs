using Serverless.Banking.Audit;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Devices;

public sealed class TrustCrashTests
{
    private sealed record Scene(Phone Phone, SessionId Here, SessionId Elsewhere);

    [Fact, ProvesCrashSafety(typeof(TrustDevice))]
    public async Task Trusting_a_device_killed_at_any_storage_call_is_done_once_with_all_that_follows_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            Arrange: async bank => await ArrangeAsync(bank),
            Act: (bank, scene) => DeviceScene.TrustAsync(bank, scene.Phone, scene.Here),
            Check: async (bank, scene) =>
            {
                var device = (await bank.Get<FindDevice>().RunAsync(DeviceScene.Arta, scene.Phone.Id, CancellationToken.None))!;
                var followed = await FollowedAsync(bank, "device_trusted", notices: 2);
                var here = (await bank.Get<FindSession>().RunAsync(DeviceScene.Arta, scene.Here, CancellationToken.None))!;
                var elsewhere = (await bank.Get<FindSession>().RunAsync(DeviceScene.Arta, scene.Elsewhere, CancellationToken.None))!;
                Assert.Null(here.Ending);
                return (device, followed, here.DeviceTrusted, elsewhere.Ending) switch
                {
                    ({ IsTrusted: false, HasSmartOtp: false, HasSoftPin: false, RemembersCustomer: false }, 0, false, null) => 0,
                    ({ IsTrusted: true, HasSmartOtp: true, HasSoftPin: true, RemembersCustomer: true }, 1, true, SessionEnding.DeviceRemoved) => 1,
                    _ => -1,
                };
            })
        {
            Services = DeviceScene.Services,
            Heal = SweepAsync,
            MayLeave = [new("DeviceNonces */*", 4, "Every attempt uses up a nonce; they are dropped with their hour.", Fewer: 4)],
        }), 15, 35);

    [Fact, ProvesCrashSafety(typeof(RemoveTrust))]
    public async Task Removing_trust_killed_at_any_storage_call_is_done_once_with_all_that_follows_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            Arrange: async bank =>
            {
                var scene = await ArrangeAsync(bank);
                Assert.True((await DeviceScene.TrustAsync(bank, scene.Phone, scene.Here)).IsSuccess);
                return scene;
            },
            Act: (bank, scene) => bank.Get<RemoveTrust>().RunAsync(
                new TrustRemoval(DeviceScene.Arta, scene.Phone.Id, AuditActor.Customer(DeviceScene.Arta)) { Ends = new SessionsToEnd() }, CancellationToken.None),
            Check: async (bank, scene) =>
            {
                var device = (await bank.Get<FindDevice>().RunAsync(DeviceScene.Arta, scene.Phone.Id, CancellationToken.None))!;
                var followed = await FollowedAsync(bank, "trust_removed", notices: 2, before: 2);
                var here = (await bank.Get<FindSession>().RunAsync(DeviceScene.Arta, scene.Here, CancellationToken.None))!;
                return (device, followed, here.Ending) switch
                {
                    ({ IsTrusted: true, HasSmartOtp: true, HasSoftPin: true }, 0, null) => 0,
                    ({ IsTrusted: false, HasSmartOtp: false, HasSoftPin: false, RemembersCustomer: true }, 1, SessionEnding.DeviceRemoved) => 1,
                    _ => -1,
                };
            })
        {
            Services = DeviceScene.Services,
            Heal = SweepAsync,
        }), 10, 30);

    private static async Task<Scene> ArrangeAsync(TestBank bank)
    {
        var scene = await new DeviceScene(bank).RegisterAsync();
        var phone = await scene.PhoneAsync("one");
        var here = await scene.OpenSessionAsync(SessionChannel.App, phone.Id, phone.Jwk);
        var elsewhere = await scene.OpenSessionAsync(SessionChannel.Web, InstallationId.Of("browser-of-the-same"), null);
        return new Scene(phone, here, elsewhere);
    }

    /// <summary>Minutes later.</summary>
    private static async Task SweepAsync(TestBank bank, Scene scene)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        await bank.Get<WatchDevices>().SweepAsync(bank.Now, CancellationToken.None);
    }

    /// <returns>1 when the trail has it once, the notices are there once each and nothing is left to be told; 0 when there is nothing; else -1.</returns>
    private static async Task<int> FollowedAsync(TestBank bank, string action, int notices, int before = 0)
    {
        var recorded = await DeviceScene.CountAsync(bank, "audit", $"Action eq '{action}'");
        var told = await DeviceScene.CountAsync(bank, "Notices", "RowKey ge 'notice|' and RowKey lt 'notice}'") - before;
        var untold = await DeviceScene.CountAsync(bank, "Devices", "RowKey ge 'event|' and RowKey lt 'event}'")
            + await DeviceScene.CountAsync(bank, "DeviceDue", "PartitionKey ge 'event|' and PartitionKey lt 'event}'");
        return (recorded, told, untold) switch
        {
            (0, 0, 0) => 0,
            (1, var all, 0) when all == notices => 1,
            _ => -1,
        };
    }
}
