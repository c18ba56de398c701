using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Credentials;
using Serverless.Testing;

namespace Serverless.Functions.Tests.PasswordChanges;

public sealed class PasswordChangeTests(CredentialsBank scene) : IClassFixture<CredentialsBank>
{
    private const string Present = SignInWalk.Password, New = "Dielli2027y", ByCard = "api/v1/password/changes/by-card", ByCode = "api/v1/password/changes/by-unique-code";

    [Fact, Requirement("AUTH-17"), Requirement("AUTH-20"), Requirement("AUTH-27"), ProvesRace("PasswordChanges_ByCard")]
    public async Task With_the_present_password_and_the_PIN_of_a_chosen_card_the_password_is_changed_once_and_other_sessions_end()
    {
        var (number, other) = (await RegisteredAsync(), CredentialsBank.NewNumber());
        await scene.Bank.OwnCardAsync($"a-{number}", number, "contactless", "770001", "active", "4711");
        await scene.Bank.OwnCardAsync($"b-{number}", number, "standard", "770002", "active", "4712");
        await scene.Bank.OwnCardAsync($"c-{number}", number, "standard", "770003", "blocked", "4713");
        await scene.Bank.OwnCardAsync($"a-{other}", other, "standard", "880001", "active", "2580");
        var web = await SignInAsync(number, null);
        var app = await SignInAsync(number, new TestDevice());

        var cards = JsonNode.Parse(await app.GetStringAsync("api/v1/password/cards"))!["items"]!.AsArray();
        Assert.Equal(
            [$"a-{number} contactless 0001", $"b-{number} standard 0002"],
            cards.Select(card => $"{card!["cardId"]} {card["cardType"]} {card["lastDigits"]}").Order(StringComparer.Ordinal));
        var faulty = await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"b-{number}", "4712", Present, New, "Dielli2028y"));
        Assert.Equal("passwords_differ", faulty.Faults);
        Assert.Equal("422 wrong_password", $"{await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"b-{number}", "4712", "Never2020x", New))}");
        Assert.Equal("404 card_not_found", $"{await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"a-{other}", "2580", Present, New))}");
        Assert.Equal("422 card_not_active", $"{await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"c-{number}", "4713", Present, New))}");
        Assert.Equal("422 wrong_pin", $"{await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"b-{number}", "0000", Present, New))}");
        Assert.Equal("pwd_case", (await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"b-{number}", "4712", Present, "dielli2027y"))).Faults);
        Assert.Equal("pwd_reused", (await scene.SendAsync(app, HttpMethod.Post, ByCard, await BodyAsync($"b-{number}", "4712", Present, Present))).Faults);

        await RaceHarness.SameKeyAsync(RaceCall.Post(app, ByCard, await BodyAsync($"b-{number}", "4712", Present, New)), () => scene.Bank.CountPasswordChangesAsync(number), 4);

        Assert.True((await app.GetAsync("api/v1/accounts")).IsSuccessStatusCode);
        Assert.Equal(401, (int)(await web.GetAsync("api/v1/accounts")).StatusCode);
        Assert.Equal("422 invalid_credentials", $"{await scene.LoginAsync(number, Present, null)}");
        Assert.Equal(200, (await scene.LoginAsync(number, New, null)).Status);
        await Eventually.IsTrueAsync(async () => (await scene.Walk.MessagesAsync(number)).Any(text => text.Contains("password was changed", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact, Requirement("AUTH-19"), Requirement("ONB-05"), ProvesRace("PasswordChanges_ByUniqueCode")]
    public async Task Without_a_card_a_branch_s_unique_code_changes_the_password_and_is_used_up()
    {
        var number = await RegisteredAsync();
        var app = await SignInAsync(number, new TestDevice());
        Assert.Empty(JsonNode.Parse(await app.GetStringAsync("api/v1/password/cards"))!["items"]!.AsArray());
        var code = await scene.Walk.UniqueCodeAsync(scene.Teller, number);
        Assert.Equal("422 code_invalid", $"{await scene.SendAsync(app, HttpMethod.Post, ByCode, CodeBody("ABCDEFGH", New))}");
        Assert.Equal("passwords_differ", (await scene.SendAsync(app, HttpMethod.Post, ByCode, CodeBody(code, New, Present))).Faults);
        Assert.Equal("pwd_length", (await scene.SendAsync(app, HttpMethod.Post, ByCode, CodeBody(code, "Ab1"))).Faults);

        await RaceHarness.OneShotAsync(
            [.. Enumerable.Range(0, 4).Select(i => RaceCall.Post(app, ByCode, CodeBody(code, $"Dielli202{i}y")))], () => scene.Bank.CountPasswordChangesAsync(number), "422 code_used");

        Assert.Equal("422 code_used", $"{await scene.SendAsync(app, HttpMethod.Post, ByCode, CodeBody(code, "Hena2027zz"))}");
        Assert.Equal("422 invalid_credentials", $"{await scene.LoginAsync(number, Present, null)}");
    }

    private async Task<string> RegisteredAsync()
    {
        var number = await scene.NewClientAsync();
        await scene.Walk.RegisterAsync(scene.Teller, number);
        return number;
    }

    /// <param name="device">Null: at the Internet Branch.</param>
    private async Task<HttpClient> SignInAsync(string number, TestDevice? device)
    {
        var started = await scene.LoginAsync(number, Present, device);
        var signedIn = await scene.PostAsync($"login/{started.Json["challengeId"]}/code", $$"""{"code":"{{await scene.Walk.CodeAsync(number)}}"}""");
        return scene.Bank.Client((string)signedIn.Json["session"]!["accessToken"]!);
    }

    private async Task<string> BodyAsync(string card, string pin, string present, string password, string? again = null)
    {
        var block = await scene.Bank.PinBlockAsync(pin);
        return $$"""{"cardId":"{{card}}","pinBlock":"{{block}}","currentPassword":"{{present}}","newPassword":"{{password}}","newPasswordAgain":"{{again ?? password}}"}""";
    }

    private static string CodeBody(string code, string password, string? again = null) =>
        $$"""{"uniqueCode":"{{code}}","newPassword":"{{password}}","newPasswordAgain":"{{again ?? password}}"}""";
}
