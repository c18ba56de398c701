using System.Text.Json.Nodes;
using Serverless.Banking.EKlik;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

/// <summary>What is done about users of eKlik, raced with itself.</summary>
[Collection(EKlikBank.Name)]
public sealed class EKlikRaceTests(EKlikBank scene)
{
    private const string Public = "api/public/v1/eklik", Staff = "api/backoffice/v1/eklik";

    [Fact]
    [ProvesRace("EKlik_CreateUser"), ProvesRace("EKlik_IssueActivationCode"), ProvesRace("EKlik_Activate"), ProvesRace("EKlik_CreatePassword"), ProvesRace("EKlik_BlockUser")]
    [ProvesRace("EKlik_UnblockUser")]
    public async Task A_user_comes_to_be_once_is_activated_once_and_is_blocked_once()
    {
        var (number, user) = (await scene.NewClientAsync(), EKlikBank.NewUserName());
        using var branch = await scene.Bank.StaffAsync("branch-1", "branch contact_centre");
        using var other = await scene.Bank.StaffAsync("branch-2", "branch");
        string Agreement(string kind) => $$"""{"userName":"{{user}}","kind":"{{kind}}","delivery":"branch"}""";
        var users = $"api/backoffice/v1/customers/{number}/eklik-users";
        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 8).Select(i => RaceCall.Post(i % 2 == 0 ? branch : other, users, Agreement("info")))], () => scene.Bank.CountEKlikUsersAsync(number), "409 user_name_taken");
        await RaceHarness.SameKeyAsync(RaceCall.Post(branch, users, Agreement("info").Replace(user, $"{user}.b", StringComparison.Ordinal)), async () => await scene.Bank.CountEKlikUsersAsync(number) - 1);

        var code = (string)(await RaceHarness.SameKeyAsync(
            RaceCall.Post(branch, $"{Staff}/users/{user}/activation-codes", """{"delivery":"branch"}"""), async () => (await LookAsync(user)).Orders - 1)).Json["activationCode"]!;
        var activating = $$"""{"userName":"{{user}}","activationCode":"{{code}}"}""";
        var activation = await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(scene.Bank.Anonymous, $"{Public}/activations", activating), 8)], async () => (await LookAsync(user)).IsActivating ? 1 : 0,
            "422 activation_code_used");

        var choosing = new JsonObject
        {
            ["userName"] = user,
            ["activationToken"] = (string)activation.Json["activationToken"]!,
            ["password"] = EKlikBank.Password,
            ["passwordAgain"] = EKlikBank.Password,
            ["browser"] = new JsonObject { ["id"] = "browser-0000000001", ["name"] = "Firefox" },
        };
        var key = Guid.NewGuid().ToString();
        var call = RaceCall.Post(scene.Bank.Anonymous, $"{Public}/activations/password", choosing.ToJsonString());
        var chosen = await RaceHarness.AtOnceAsync([.. Enumerable.Repeat((call, (string?)key), 6), .. Enumerable.Range(0, 6).Select(_ => (call, (string?)Guid.NewGuid().ToString()))]);
        Assert.All(chosen.Where(answer => !answer.IsSuccess), answer => Assert.Equal("422 activation_over", answer.ToString()));
        Assert.Single(chosen.Where(answer => answer.IsSuccess).Select(answer => (string)answer.Json["session"]!["sessionId"]!).Distinct());

        await RaceHarness.SameCallAsync(
            new RaceCall(branch, HttpMethod.Put, $"{Staff}/users/{user}/blocking", """{"identifiedBy":"thirrje","reason":"Klienti"}"""),
            async () => (await LookAsync(user)).Blocking == EKlikBlocking.Requested ? 1 : 0);
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(branch, $"{Staff}/users/{user}/unblock", """{"identifiedBy":"thirrje","reason":"Klienti"}"""),
            async () =>
            {
                using var ledger = await scene.Bank.StaffAsync("ledger-1", "ledger");
                var changes = JsonNode.Parse(await ledger.GetStringAsync("api/backoffice/v1/changes?limit=100"))!["items"]!.AsArray();
                return changes.Count(change => (string)change!["resource"]! == $"customer/{number}");
            });
    }

    [Fact]
    [ProvesRace("EKlik_IssueMTokenCodes"), ProvesRace("EKlik_ActivateMToken"), ProvesRace("EKlik_RegisterToken"), ProvesRace("EKlik_AssignToken")]
    [ProvesRace("EKlik_SynchroniseToken")]
    public async Task A_token_is_given_once_activated_once_and_synchronised_once_and_a_code_of_it_lets_one_in()
    {
        var (number, user, serial) = (await scene.NewClientAsync(), EKlikBank.NewUserName(), $"RACE-{Guid.NewGuid():N}"[..14].ToUpperInvariant());
        await scene.ActivatedAsync(number, user, "payment");
        using var branch = await scene.Bank.StaffAsync("branch-1", "branch");
        using var centre = await scene.Bank.StaffAsync("centre-1", "contact_centre administrator");

        var before = (await LookAsync(user)).Orders;
        var codes = (await RaceHarness.SameKeyAsync(
            RaceCall.Post(branch, $"{Staff}/users/{user}/mtoken-codes", """{"branch":"TIA-01","clientPresent":true}"""), async () => (await LookAsync(user)).Orders - before)).Json;
        var phone = $$"""{"userName":"{{user}}","registrationCode":"{{codes["registrationCode"]}}","activationCode":"{{codes["activationCode"]}}","pin":"{{EKlikBank.Pin}}"}""";
        var activated = await RaceHarness.OneShotAsync(
            [.. Enumerable.Repeat(RaceCall.Post(scene.Bank.Anonymous, $"{Public}/mtokens", phone), 8)], async () => (await LookAsync(user)).HasToken ? 1 : 0, "422 activation_code_used");

        // One code, many who have seen it. Sign-ins at once are counted before they are looked at, so some may meet the block of a moment.
        var otp = scene.Otp((string)activated.Json["secret"]!);
        var signIns = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.SignInAsync(user, otp: otp)));
        Assert.Single(signIns, answer => answer.Status == 200);
        Assert.All(signIns.Where(answer => answer.Status != 200), answer => Assert.Equal("422 token_otp_old", answer.ToString()));

        var secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
        await RaceHarness.SameCallAsync(
            new RaceCall(centre, HttpMethod.Put, $"{Staff}/tokens/{serial}", $$"""{"algorithm":"sha256","secret":"{{Convert.ToHexStringLower(secret)}}"}"""), () => Task.FromResult(1));
        await RaceHarness.SameCallAsync(
            new RaceCall(branch, HttpMethod.Put, $"{Staff}/users/{user}/hardware-token", $$"""{"serial":"{{serial}}","clientPresent":true}"""),
            async () => (await LookAsync(user)).Serial == serial ? 1 : 0);
        string Shown(int after) => EKlikClients.Otp(secret, scene.Now.AddSeconds(after), OtpAlgorithm.Sha256);
        var synchronising = RaceCall.Post(centre, $"{Staff}/tokens/{serial}/synchronisation", $$"""{"firstCode":"{{Shown(-3600)}}","secondCode":"{{Shown(-3570)}}"}""");
        await RaceHarness.SameKeyAsync(synchronising, async () => (await LookAsync(user)).Drift < -100 ? 1 : 0, 6);
        Assert.Equal("422 synchronisation_failed", (await RaceHarness.AtOnceAsync([.. Enumerable.Range(0, 2).Select(_ => (synchronising, (string?)Guid.NewGuid().ToString()))]))[0].ToString());
    }

    [Fact, ProvesRace("EKlik_ResetPassword"), Requirement("EKL-26")]
    public async Task A_link_sets_one_password_and_parallel_guesses_get_five_looks()
    {
        var (number, user) = (await scene.NewClientAsync(), EKlikBank.NewUserName());
        await scene.ActivatedAsync(number, user, "info");
        var link = await scene.Bank.OpenedLinkAsync(user);
        var calls = Enumerable.Range(0, 6).Select(i => RaceCall.Post(
            scene.Bank.Anonymous, $"{Public}/password-resets/password", $$"""{"link":"{{link}}","password":"Hena!202{{i}}","passwordAgain":"Hena!202{{i}}"}""")).ToList();
        await RaceHarness.OneShotAsync(calls, async () => (await LookAsync(user)).HasUsedLink ? 1 : 0, "422 reset_link_used");

        var guesses = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => scene.SignInAsync(user, $"Guess-{i:D4}")));
        Assert.Equal(4, guesses.Count(answer => (string?)answer.Json["code"] == "eklik_credentials_invalid"));
        Assert.Equal(12, guesses.Count(answer => (string?)answer.Json["code"] == "eklik_user_blocked"));
    }

    private Task<EKlikGlance> LookAsync(string user) => scene.Bank.GlanceAsync(user);
}
