using Serverless.Banking.Devices;
using Serverless.Testing;
using DeviceKey = Serverless.Banking.Devices.DeviceKey;

namespace Serverless.Banking.Tests.Devices;

/// <summary>What several callers want at the same moment, on Azurite.</summary>
public sealed class DeviceRaceTests
{
    [Fact]
    public async Task Of_three_devices_trusted_at_once_two_are_and_the_third_is_told_which()
    {
        await using var bank = await TestBank.StartAsync(DeviceScene.Services);
        var scene = await new DeviceScene(bank).RegisterAsync();

        // The offer goes to the device that signed in last, so each is trusted by the document's way, which asks for no offer.
        var phones = new[] { await scene.PhoneAsync("one", 1), await scene.PhoneAsync("two", 1), await scene.PhoneAsync("three", 1) };

        var answers = await Task.WhenAll(phones.Select(phone => Task.Run(() => DeviceScene.TrustByDocumentAsync(bank, phone))));

        Assert.Equal(2, answers.Count(answer => answer.IsSuccess));
        var limit = Assert.IsType<TrustedDeviceLimit>(Assert.Single(answers, answer => !answer.IsSuccess).Error);
        Assert.Equal(2, limit.Devices.Count);
        Assert.Equal(2, (await bank.Get<ListDevices>().TrustedAsync(DeviceScene.Arta, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_nonce_shown_twice_at_once_is_used_once()
    {
        await using var bank = await TestBank.StartAsync(DeviceScene.Services);
        var phone = new Phone(InstallationId.Of("installation-one"), "one", Banking.Keys.P256Key.New());
        var challenges = bank.Get<DeviceChallenges>();
        var proof = phone.Sign(challenges.Issue(phone.Id, DevicePurpose.TrustedCall));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => challenges.CheckAsync(proof, DevicePurpose.TrustedCall, DeviceKey.Find(phone.Jwk), CancellationToken.None))));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.IsType<NonceUsed>(answer.Error));
    }

    [Fact]
    public async Task A_Soft_PIN_typed_twice_at_once_lets_one_in()
    {
        await using var bank = await TestBank.StartAsync(DeviceScene.Services);
        var scene = await new DeviceScene(bank).RegisterAsync();
        var phone = await scene.PhoneAsync("one");
        Assert.True((await DeviceScene.TrustAsync(bank, phone)).IsSuccess);
        var pin = await bank.Get<GiveSoftPin>().RunAsync(DeviceScene.Arta, DeviceScene.Sign(bank, phone, DevicePurpose.SoftPin), isNew: false, CancellationToken.None);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => bank.Get<CheckSoftPin>().RunAsync(DeviceScene.Arta, pin.Value!.Code, CancellationToken.None))));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.IsType<SoftPinExpired>(answer.Error));
    }
}
