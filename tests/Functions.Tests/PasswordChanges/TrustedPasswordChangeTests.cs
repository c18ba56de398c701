using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Credentials;
using Serverless.Functions.Tests.Devices;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PasswordChanges;

public sealed class TrustedPasswordChangeTests(DeviceBank scene) : IClassFixture<DeviceBank>
{
    private const string New = "Dielli2027y", Path = "password/changes/on-trusted-device";

    [Fact, Requirement("AUTH-18"), Requirement("PROF-11"), ProvesRace("PasswordChanges_OnTrustedDevice")]
    public async Task A_trusted_device_signs_for_another_password_and_no_other_device_can()
    {
        var owner = await scene.OwnerAsync();
        var (stranger, phone) = (new TestPhone("Tjetri"), new TestPhone("Telefoni"));
        await owner.ComeInAsync(stranger);
        Assert.Equal("403 device_not_trusted", (await ChangeAsync(owner, stranger.Sign(await NonceAsync(stranger)))).ToString());

        phone = await owner.TrustedPhoneAsync("Telefoni");
        Assert.Equal("422 bad_signature", (await ChangeAsync(owner, stranger.Sign(await NonceAsync(phone)))).ToString());
        Assert.Equal("422 nonce_invalid", (await ChangeAsync(owner, phone.Sign(await scene.NonceAsync(phone, "trusted_call")))).ToString());
        Assert.Equal("422 nonce_invalid", (await ChangeAsync(owner, phone.Sign(await NonceAsync(stranger)))).ToString());
        Assert.Equal("400 invalid_input\n/newPasswordAgain passwords_differ", (await ChangeAsync(owner, phone.Sign(await NonceAsync(phone)), New, "Dielli2028y")).ToString());
        var browser = await owner.BrowserAsync();

        var body = Body(phone.Sign(await NonceAsync(phone)), New, New);
        await RaceHarness.SameKeyAsync(RaceCall.Post(scene.Bank.Client(owner.Token), $"api/v1/{Path}", body), () => scene.Bank.CountPasswordChangesAsync(owner.Number), 4);

        Assert.Equal("422 nonce_used", (await owner.PostAsync(Path, JsonNode.Parse(body), key: true)).ToString());
        Assert.Equal(200, (await owner.GetAsync("security")).Status);
        Assert.Equal("401 session_password_changed", (await owner.GetAsync("security", browser)).ToString());
        Assert.Equal("422 invalid_credentials", (await owner.StartAsync(phone)).ToString());
    }

    private Task<string> NonceAsync(TestPhone phone) => scene.NonceAsync(phone, "change_password");

    private static Task<Http.Answer> ChangeAsync(Owner owner, JsonObject proof, string password = New, string? again = null) =>
        owner.PostAsync(Path, JsonNode.Parse(Body(proof, password, again ?? password)), key: true);

    private static string Body(JsonObject proof, string password, string again) =>
        new JsonObject { ["newPassword"] = password, ["newPasswordAgain"] = again, ["proof"] = proof.DeepClone() }.ToJsonString();
}
