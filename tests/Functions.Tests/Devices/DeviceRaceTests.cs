using System.Net;
using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Devices;

public sealed class DeviceRaceTests(DeviceBank scene) : IClassFixture<DeviceBank>
{
    [Fact, ProvesRace("Devices_Trust"), ProvesRace("Devices_GiveSoftPin"), ProvesRace("Devices_EnableBiometrics"), ProvesRace("Devices_SetOption"), ProvesRace("Devices_Deactivate")]
    public async Task One_nonce_or_one_switch_used_by_many_at_once_takes_effect_once()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        for (var i = 0; i < 3; i++)
            await owner.ComeInAsync(phone);
        var client = scene.Bank.Client(owner.Token);
        var nonce = await scene.NonceAsync(phone, "trust");
        var trust = RaceCall.Post(client, "api/v1/devices/trust", new JsonObject { ["proof"] = phone.Sign(nonce), ["attestation"] = await scene.AttestAsync(phone, nonce) }.ToJsonString());
        await RaceHarness.OneThingAsync([.. Enumerable.Repeat(trust, 6)], () => TrailAsync(owner, "device_trusted"), "422 nonce_used");

        var pin = RaceCall.Post(client, "api/v1/security/soft-pin", new JsonObject { ["proof"] = phone.Sign(await scene.NonceAsync(phone, "soft_pin")), ["isNew"] = true }.ToJsonString());
        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(pin, 6)], () => Task.FromResult(1), "422 nonce_used");

        var biometrics = RaceCall.Post(client, "api/v1/security/biometrics", new JsonObject
        {
            ["scan"] = "face",
            ["publicKey"] = phone.BiometricKey,
            ["proof"] = phone.Scan(await scene.NonceAsync(phone, "enable_biometrics")),
            ["password"] = Owner.Password,
        }.ToJsonString());
        await RaceHarness.OneShotAsync([.. Enumerable.Repeat(biometrics, 3)], () => TrailAsync(owner, "biometrics_on"), "422 nonce_used");

        var option = RaceCall.Post(client, "api/v1/security/options", """{"option":"smart_otp","isOn":false}""");
        await RaceHarness.SameCallAsync(option, () => TrailAsync(owner, "smart_otp_off"), 6);

        await owner.TrustedPhoneAsync("Tjetri");
        client = scene.Bank.Client(owner.Token);
        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, $"api/v1/devices/{phone.Id}/deactivation"), () => TrailAsync(owner, "trust_removed"), 6, "404 device_not_found");
    }

    [Fact, ProvesRace("Devices_DeclineTrust"), ProvesRace("Devices_SavePushToken"), ProvesRace("Devices_StartDocumentTrust"), ProvesRace("Devices_TrustByDocument"), ProvesRace("Devices_CutOff")]
    public async Task Declining_tokens_documents_and_cut_offs_sent_by_many_at_once_are_done_once()
    {
        var owner = await scene.OwnerAsync();
        var phone = new TestPhone("Telefoni");
        for (var i = 0; i < 3; i++)
            await owner.ComeInAsync(phone);
        var client = scene.Bank.Client(owner.Token);
        await RaceHarness.SameCallAsync(
            RaceCall.Post(client, "api/v1/devices/trust/decline"), async () => (await owner.TrustAsync(phone)).Code == "not_offered" ? 1 : 0, 6, "409 not_offered");
        await RaceHarness.SameCallAsync(RaceCall.Post(client, "api/v1/devices/push-token", """{"token":"fresh-token"}"""), () => Task.FromResult(1), 4);

        // Every password gives a nonce of its own.
        var answers = await RaceHarness.AtOnceAsync([.. Enumerable.Repeat(
            (RaceCall.Post(client, "api/v1/devices/trust/document/challenges", new JsonObject { ["password"] = Owner.Password }.ToJsonString()), (string?)null), 3)]);
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Equal(3, answers.DistinctBy(answer => (string)answer.Json["nonce"]!).Count());

        var nonce = (string)answers[0].Json["nonce"]!;
        var document = RaceCall.Post(client, "api/v1/devices/trust/document", new JsonObject
        {
            ["proof"] = phone.Sign(nonce),
            ["attestation"] = await scene.AttestAsync(phone, nonce),
            ["document"] = await scene.ChipAsync(owner.PersonalNumber),
        }.ToJsonString());
        await RaceHarness.OneThingAsync([.. Enumerable.Repeat(document, 4)], () => TrailAsync(owner, "device_trusted"), "422 nonce_used");

        var staff = await scene.Bank.StaffAsync("officer-2", "contact_centre");
        await RaceHarness.SameCallAsync(
            RaceCall.Post(staff, $"api/backoffice/v1/customers/{owner.Number}/devices/{phone.Id}/cut-off", """{"identification":"Pyetje","reason":"Humbur"}"""),
            async () => (await scene.StaffAsync("GET", $"audit?actor=officer-2&action=device_cut_off", roles: "auditor")).Json["items"]!.AsArray().Count, 4);
    }

    private async Task<int> TrailAsync(Owner owner, string action) =>
        (await scene.StaffAsync("GET", $"audit?actor={owner.Number}&action={action}", roles: "auditor")).Json["items"]!.AsArray().Count;
}
