using Serverless.Banking.Devices;
using Serverless.Banking.Keys;
using Serverless.Testing;
using DeviceKey = Serverless.Banking.Devices.DeviceKey;

namespace Serverless.Banking.Tests.Devices;

/// <summary>What a signed nonce is not good for.</summary>
public sealed class ChallengeTests
{
    private readonly Phone phone = new(InstallationId.Of("installation-one"), "one", P256Key.New());

    [Fact]
    public async Task A_nonce_is_good_for_its_purpose_its_installation_its_customer_its_key_and_its_time_only()
    {
        await using var bank = await TestBank.StartInMemoryAsync(DeviceScene.Services);
        var challenges = bank.Get<DeviceChallenges>();
        var proof = phone.Sign(challenges.Issue(phone.Id, DevicePurpose.SoftPin));
        var other = new Phone(InstallationId.Of("installation-two"), "two", P256Key.New());

        async Task<string> TryAsync(DeviceProof proof, DevicePurpose purpose = DevicePurpose.SoftPin, Phone? keyOf = null, CustomerId? customer = null, string? boundTo = null) =>
            (await challenges.CheckAsync(proof, purpose, DeviceKey.Find((keyOf ?? phone).Jwk), CancellationToken.None, customer, boundTo)).Match(_ => "good", error => error.Code);

        Assert.Equal("nonce_invalid", await TryAsync(proof, DevicePurpose.SmartOtp));
        Assert.Equal("nonce_invalid", await TryAsync(proof with { Installation = other.Id }));
        Assert.Equal("nonce_invalid", await TryAsync(proof, customer: DeviceScene.Arta));
        Assert.Equal("nonce_invalid", await TryAsync(proof with { Nonce = "nothing" }));
        Assert.Equal("bad_signature", await TryAsync(proof, keyOf: other));
        Assert.Equal("bad_signature", await TryAsync(proof, boundTo: "something else"));
        Assert.Equal("bad_signature", await TryAsync(proof with { Signature = new string('A', 86) }));
        Assert.Equal("bad_signature", (await challenges.CheckAsync(proof, DevicePurpose.SoftPin, null, CancellationToken.None)).Error!.Code);
        bank.Clock.Advance(TimeSpan.FromSeconds(119));
        Assert.Equal("good", await TryAsync(proof));
        Assert.Equal("nonce_used", await TryAsync(proof));
        bank.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("nonce_expired", await TryAsync(proof));
    }

    [Fact]
    public async Task What_was_used_is_forgotten_when_it_could_not_be_used_any_more()
    {
        await using var bank = await TestBank.StartInMemoryAsync(DeviceScene.Services);
        var challenges = bank.Get<DeviceChallenges>();
        await challenges.CheckAsync(phone.Sign(challenges.Issue(phone.Id, DevicePurpose.SoftPin)), DevicePurpose.SoftPin, DeviceKey.Find(phone.Jwk), CancellationToken.None);

        Assert.Equal(0, await challenges.EraseUsedAsync(CancellationToken.None));
        bank.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(1, await challenges.EraseUsedAsync(CancellationToken.None));
        Assert.Equal(0, await DeviceScene.CountAsync(bank, "DeviceNonces", "PartitionKey ge ''"));
    }
}
