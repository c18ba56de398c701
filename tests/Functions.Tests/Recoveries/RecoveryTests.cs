using Serverless.Functions.Tests.Credentials;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Recoveries;

public sealed class RecoveryTests(CredentialsBank scene) : IClassFixture<CredentialsBank>
{
    private const string Former = SignInWalk.Password, New = "Dielli2027y";

    [Fact, Requirement("AUTH-12"), Requirement("AUTH-28")]
    public async Task A_recovery_answers_everybody_alike_five_times_a_day_and_for_a_quarter_of_an_hour()
    {
        var (client, nobody) = (await RegisteredAsync(), CredentialsBank.NewNumber());
        var recoveries = new List<string>();
        foreach (var identifier in new[] { client, nobody })
        {
            var started = await StartAsync(identifier);
            Assert.Equal(
                (201, "prove_method", """["bank_card","id_document","unique_code"]"""),
                (started.Status, (string)started.Json["next"]!, started.Json["methods"]!.ToJsonString()));
            recoveries.Add($"recoveries/{started.Json["recoveryId"]}");
        }

        // What is wrong is told with the same words to who exists and to who does not, and counted the same.
        var told = await Task.WhenAll(recoveries.Select(async recovery => string.Join(
            "; ",
            $"{await scene.PostAsync($"{recovery}/unique-code", """{"uniqueCode":"ABCDEFGH"}""")}",
            $"{await CardAsync(recovery, "standard", "999999", "1234")}",
            $"{await scene.PostAsync($"{recovery}/former-password", """{"formerPassword":"Never2020x"}""")}",
            $"{await scene.PostAsync($"{recovery}/code", """{"code":"123456"}""")}",
            $"{await scene.PostAsync($"{recovery}/password", $$"""{"password":"{{New}}","passwordAgain":"{{New}}"}""")}")));
        Assert.Equal(
            "422 code_invalid; 422 card_mismatch; 422 password_not_in_last_five; 409 recovery_step_out_of_order; 409 recovery_step_out_of_order", told[0]);
        Assert.Equal(told[0], told[1]);

        for (var i = 0; i < 4; i++)
            Assert.Equal((201, 201), ((await StartAsync(client)).Status, (await StartAsync(nobody)).Status));
        var (sixth, ofNobody) = (await StartAsync(client), await StartAsync(nobody));
        Assert.Equal(("429 too_many_requests", "429 too_many_requests"), ($"{sixth}", $"{ofNobody}"));
        Assert.NotNull(sixth.RetryAfter);

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(15));
        Assert.Equal("422 recovery_expired", $"{await scene.PostAsync($"{recoveries[0]}/unique-code", """{"uniqueCode":"ABCDEFGH"}""")}");
        Assert.Equal("404 recovery_not_found", $"{await scene.PostAsync($"recoveries/{Guid.NewGuid()}/code-sends")}");
    }

    [Fact, Requirement("AUTH-13"), Requirement("AUTH-16"), Requirement("AUTH-20"), Requirement("AUTH-26")]
    public async Task By_a_card_and_its_PIN_the_password_is_set_anew_for_app_and_web_and_every_session_ends()
    {
        var number = await RegisteredAsync();
        await scene.Bank.OwnCardAsync($"c-{number}", number, "contactless", "770001", "active", "4711");
        await scene.Bank.OwnCardAsync($"s-{number}", number, "standard", "770002", "blocked", "4712");
        var signedIn = await scene.Walk.SignInAsync(number, new TestDevice());
        using var session = scene.Bank.Client((string)signedIn["session"]!["accessToken"]!);

        var recovery = await RecoveryAsync(number);
        Assert.Equal("422 card_mismatch", $"{await CardAsync(recovery, "standard", "770001", "4711")}");
        Assert.Equal("422 card_not_active", $"{await CardAsync(recovery, "standard", "770002", "4712")}");
        Assert.Equal("422 wrong_pin", $"{await CardAsync(recovery, "contactless", "770001", "0000")}");
        var sent = await CardAsync(recovery, "contactless", "770001", "4711");
        Assert.Equal((200, $"+355…{number[^3..]}"), (sent.Status, (string)sent.Json["sentTo"]!));
        Assert.Equal("429 too_many_requests", $"{await scene.PostAsync($"{recovery}/code-sends")}");

        var otp = await scene.Walk.CodeAsync(number);
        Assert.Equal("422 otp_wrong", $"{await CodeAsync(recovery, otp == "000000" ? "000001" : "000000")}");
        Assert.Equal("choose_password", (string)(await CodeAsync(recovery, otp)).Json["next"]!);
        Assert.Equal("passwords_differ", (await ChooseAsync(recovery, New, "Dielli2028y")).Faults);
        Assert.Equal("pwd_sequence pwd_symbol", (await ChooseAsync(recovery, "Diell123!")).Faults);
        Assert.Equal("pwd_reused", (await ChooseAsync(recovery, Former)).Faults);
        Assert.True((await session.GetAsync("api/v1/accounts")).IsSuccessStatusCode);

        var done = await ChooseAsync(recovery, New);
        Assert.Equal((200, number, "login"), (done.Status, (string)done.Json["userId"]!, (string)done.Json["next"]!));
        Assert.Equal("200", $"{await ChooseAsync(recovery, New)}");
        Assert.Equal("422 idempotency_key_reused", $"{await ChooseAsync(recovery, "Another2026z")}");
        Assert.Equal(401, (int)(await session.GetAsync("api/v1/accounts")).StatusCode);
        Assert.Equal("422 invalid_credentials", $"{await scene.LoginAsync(number, Former, new TestDevice())}");
        foreach (var device in new[] { new TestDevice(), null })
            Assert.Equal((200, "otp"), (await scene.LoginAsync(number, New, device)) is var it ? (it.Status, (string)it.Json["next"]!) : default);
        await Eventually.IsTrueAsync(async () => (await scene.Walk.MessagesAsync(number)).Any(text => text.Contains("password", StringComparison.OrdinalIgnoreCase) && !text.Contains("code", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact, Requirement("AUTH-14"), Requirement("AUTH-22"), Requirement("AUTH-26")]
    public async Task By_a_former_password_and_the_chip_of_the_identity_document_the_password_is_set_anew_and_a_block_is_lifted()
    {
        var person = $"J50101{CredentialsBank.NewNumber()[^2..]}9K";
        var number = await RegisteredAsync(person);

        // A former password alone is not enough, and three wrong ones lock.
        var recovery = await RecoveryAsync(number);
        Assert.Equal("409 recovery_step_out_of_order", $"{await ChipAsync(recovery, person)}");
        var wrong = await PasswordAsync(recovery, "Never2020x");
        Assert.Equal(("422 password_not_in_last_five", 2), ($"{wrong}", (int)wrong.Json["attemptsLeft"]!));
        Assert.Equal("present_document", (string)(await PasswordAsync(recovery, Former)).Json["next"]!);
        Assert.Equal("422 document_mismatch", $"{await ChipAsync(recovery, "J50101998K")}");
        Assert.Equal("422 chip_invalid", $"{await ChipAsync(recovery, person, "altered")}");
        Assert.Equal("422 chip_invalid", $"{await ChipAsync(recovery, person, "unknown_authority")}");
        Assert.Equal("422 chip_unreadable", $"{await ChipAsync(recovery, person, "unreadable")}");
        Assert.Equal("422 document_expired", $"{await ChipAsync(recovery, person, expiresOn: "2025-12-31")}");
        Assert.Equal("200", $"{await ChipAsync(recovery, person)}");
        Assert.Equal("200", $"{await CodeAsync(recovery, await scene.Walk.CodeAsync(number))}");
        Assert.Equal("200", $"{await ChooseAsync(recovery, New)}");

        // The password of before is a former one now, and good for the next recovery; three strangers' guesses are not.
        var second = await RecoveryAsync(number);
        Assert.Equal("present_document", (string)(await PasswordAsync(second, Former)).Json["next"]!);
        var third = await RecoveryAsync(number);
        for (var left = 2; left >= 0; left--)
            Assert.Equal(left, (int)(await PasswordAsync(third, $"Never202{left}x")).Json["attemptsLeft"]!);
        Assert.Equal("422 user_locked", $"{await PasswordAsync(third, Former)}");
        Assert.Equal("422 user_locked", $"{await scene.LoginAsync(number, New, new TestDevice())}");

        // Another way to recover lifts the lock.
        var code = await scene.Walk.UniqueCodeAsync(scene.Teller, number);
        var fourth = await RecoveryAsync(number);
        Assert.Equal("200", $"{await scene.PostAsync($"{fourth}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");
        Assert.Equal("200", $"{await CodeAsync(fourth, await scene.Walk.CodeAsync(number))}");
        Assert.Equal("pwd_reused", (await ChooseAsync(fourth, Former)).Faults);
        Assert.Equal("200", $"{await ChooseAsync(fourth, "Hena2027zz")}");
        Assert.Equal(200, (await scene.LoginAsync(number, "Hena2027zz", new TestDevice())).Status);
    }

    [Fact, Requirement("AUTH-15"), Requirement("AUTH-23")]
    public async Task By_a_unique_code_which_is_used_up_with_the_new_password_and_five_wrong_codes_end_the_recovery()
    {
        var number = await RegisteredAsync();
        var code = await scene.Walk.UniqueCodeAsync(scene.Teller, number);
        var recovery = await RecoveryAsync(number);
        Assert.Equal("422 code_invalid", $"{await scene.PostAsync($"{recovery}/unique-code", """{"uniqueCode":"ABCDEFGH"}""")}");
        Assert.Equal("200", $"{await scene.PostAsync($"{recovery}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");
        var otp = await scene.Walk.CodeAsync(number);
        for (var left = 4; left >= 1; left--)
            Assert.Equal(left, (int)(await CodeAsync(recovery, otp == "000000" ? "000001" : "000000")).Json["attemptsLeft"]!);
        Assert.Equal("422 challenge_cancelled", $"{await CodeAsync(recovery, otp == "000000" ? "000001" : "000000")}");
        Assert.Equal("422 challenge_cancelled", $"{await CodeAsync(recovery, otp)}");

        // The unique code was not used, so it is good for another recovery, and for one only.
        var (second, third) = (await RecoveryAsync(number), await RecoveryAsync(number));
        foreach (var one in new[] { second, third })
        {
            Assert.Equal("200", $"{await scene.PostAsync($"{one}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");
            Assert.Equal("200", $"{await CodeAsync(one, await scene.Walk.CodeAsync(number))}");
        }

        var done = await Task.WhenAll(ChooseAsync(second, New), ChooseAsync(third, "Hena2027zz"));
        Assert.Equal(["200", "422 code_used"], done.Select(one => $"{one}").Order(StringComparer.Ordinal));
        Assert.Equal("422 code_used", $"{await scene.PostAsync($"{await RecoveryAsync(number)}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");
    }

    private async Task<string> RegisteredAsync(string? personalNumber = null)
    {
        var number = await scene.NewClientAsync(personalNumber);
        await scene.Walk.RegisterAsync(scene.Teller, number);
        return number;
    }

    private Task<Told> StartAsync(string identifier) => scene.PostAsync("recoveries", $$"""{"identifier":"{{identifier}}"}""");

    private async Task<string> RecoveryAsync(string identifier) => $"recoveries/{(await StartAsync(identifier)).Json["recoveryId"]}";

    private Task<Told> CodeAsync(string recovery, string code) => scene.PostAsync($"{recovery}/code", $$"""{"code":"{{code}}"}""");

    private Task<Told> PasswordAsync(string recovery, string former) => scene.PostAsync($"{recovery}/former-password", $$"""{"formerPassword":"{{former}}"}""");

    private Task<Told> ChooseAsync(string recovery, string password, string? again = null) =>
        scene.PostAsync($"{recovery}/password", $$"""{"password":"{{password}}","passwordAgain":"{{again ?? password}}"}""");

    private async Task<Told> CardAsync(string recovery, string type, string digits, string pin) => await scene.PostAsync(
        $"{recovery}/card", $$"""{"cardType":"{{type}}","lastDigits":"{{digits}}","pinBlock":"{{await scene.Bank.PinBlockAsync(pin)}}"}""");

    private async Task<Told> ChipAsync(string recovery, string person, string fault = "none", string expiresOn = "2049-12-31")
    {
        using var issued = await scene.Bank.Sandbox.PostAsync(
            "identity-documents", HttpBank.Json($$"""{"personalNumber":"{{person}}","fault":"{{fault}}","expiresOn":"{{expiresOn}}"}"""));
        return await scene.PostAsync($"{recovery}/identity-document", await issued.Content.ReadAsStringAsync());
    }
}
