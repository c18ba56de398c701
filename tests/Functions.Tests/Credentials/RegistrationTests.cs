using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Credentials;

public sealed class RegistrationTests(CredentialsBank scene) : IClassFixture<CredentialsBank>
{
    [Fact, Requirement("ONB-01"), Requirement("ONB-02"), Requirement("ONB-04"), Requirement("ONB-05"), Requirement("ONB-06"), Requirement("ONB-07"), Requirement("ONB-08")]
    [Requirement("ONB-26"), Requirement("ONB-33")]
    public async Task A_client_registers_by_the_unique_code_of_a_branch_and_signs_in_with_the_password()
    {
        var number = CredentialsBank.NewNumber();
        Assert.Equal("422 registration_terms_not_accepted", $"{await scene.PostAsync("registrations", """{"path":"existing_client","termsAccepted":false}""")}");
        var stranger = await scene.PostAsync("registrations", """{"path":"new_client","termsAccepted":true}""");
        Assert.Equal((201, "open_application"), (stranger.Status, (string)stranger.Json["next"]!));

        // Every condition of the channel, in its order.
        var started = await scene.PostAsync("registrations", """{"path":"existing_client","termsAccepted":true}""");
        Assert.Equal((201, "identify"), (started.Status, (string)started.Json["next"]!));
        var registration = $"registrations/{started.Json["registrationId"]}";
        Task<Told> IdentifyAsync(string identifier) => scene.PostAsync($"{registration}/client", $$"""{"identifier":"{{identifier}}"}""");
        Assert.Equal("400 invalid_input", $"{await IdentifyAsync("12345678")}");
        Assert.Equal("404 client_not_found", $"{await IdentifyAsync(number)}");
        var person = $"J50101{number[^2..]}9K";
        await StaffAsync(HttpMethod.Put, $"customers/{number}", $$"""{"name":"Arta Hoxha","language":"en","personalNumber":"{{person}}"}""");
        Assert.Equal("422 contract_missing", $"{await IdentifyAsync(number)}");
        await StaffAsync(HttpMethod.Put, $"customers/{number}/services-contract", """{"signedOn":"2026-01-05"}""");
        Assert.Equal("422 mobile_missing", $"{await IdentifyAsync(number)}");
        await scene.Walk.BecomeClientAsync(scene.Teller, number, person);
        Assert.Equal("422 no_method_available", $"{await IdentifyAsync(number)}");
        Assert.Equal("409 step_out_of_order", $"{await scene.PostAsync($"{registration}/unique-code", """{"uniqueCode":"ABCDEFGH"}""")}");

        // A code only for a client at the counter; a new one cancels the former.
        var absent = await scene.SendAsync(scene.Teller, HttpMethod.Post, $"api/backoffice/v1/customers/{number}/unique-codes", """{"branch":"TIA-01","clientPresent":false}""");
        Assert.Equal("422 client_not_present", $"{absent}");
        var former = await scene.Walk.UniqueCodeAsync(scene.Teller, number);
        var code = await scene.Walk.UniqueCodeAsync(scene.Teller, number);
        Assert.Matches("^[A-HJ-NP-Z2-9]{8}$", code);
        var identified = await IdentifyAsync(person.ToLowerInvariant());
        Assert.Equal((200, """["unique_code"]""", "prove_method"), (identified.Status, identified.Json["methods"]!.ToJsonString(), (string)identified.Json["next"]!));
        Assert.Equal("422 method_not_available", $"{await scene.PostAsync($"{registration}/card", """{"cardType":"standard","lastDigits":"123456","pinBlock":"a.b.c.d.e"}""")}");
        Assert.Equal("422 code_invalid", $"{await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{former}}"}""")}");
        var proven = await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{code.ToLowerInvariant()}}"}""");
        Assert.Equal((200, $"+355…{number[^3..]}"), (proven.Status, (string)proven.Json["sentTo"]!));

        var otp = await scene.Walk.CodeAsync(number);
        Assert.Contains(await scene.Walk.MessagesAsync(number), text => text.Contains(otp, StringComparison.Ordinal) && text.Contains("register", StringComparison.Ordinal));
        Assert.Equal("422 otp_wrong", $"{await scene.PostAsync($"{registration}/code", $$"""{"code":"{{Other(otp)}}"}""")}");
        Assert.Equal("choose_password", (string)(await scene.PostAsync($"{registration}/code", $$"""{"code":"{{otp}}"}""")).Json["next"]!);

        // Every broken rule at once.
        Task<Told> ChooseAsync(string password) => scene.PostAsync($"{registration}/password", $$"""{"password":"{{password}}"}""");
        Assert.Equal("pwd_length pwd_letter_digit pwd_case", (await ChooseAsync("abc")).Faults);
        Assert.Equal("pwd_length pwd_letter_digit pwd_case pwd_sequence", (await ChooseAsync("12345678901234567")).Faults);
        Assert.Equal("pwd_sequence", (await ChooseAsync("Arta111xx")).Faults);
        Assert.Equal("pwd_sequence", (await ChooseAsync("Arta321xx")).Faults);
        Assert.Equal("pwd_symbol", (await ChooseAsync("Arta2026!")).Faults);
        Assert.Equal("pwd_birthdate", (await ChooseAsync("Aa01011995bb")).Faults);
        Assert.Equal("pwd_birthdate pwd_symbol", (await ChooseAsync("Aa01/01/1995bb")).Faults);

        var done = await ChooseAsync(SignInWalk.Password);
        Assert.Equal((200, number, "login"), (done.Status, (string)done.Json["userId"]!, (string)done.Json["next"]!));
        Assert.Equal(done.Json.ToJsonString(), (await ChooseAsync(SignInWalk.Password)).Json.ToJsonString());
        Assert.Equal("409 already_registered", $"{await ChooseAsync("Other2026x")}");
        var again = await scene.PostAsync("registrations", """{"path":"existing_client","termsAccepted":true}""");
        Assert.Equal("409 already_registered", $"{await scene.PostAsync($"registrations/{again.Json["registrationId"]}/client", $$"""{"identifier":"{{number}}"}""")}");
        await Eventually.IsTrueAsync(async () => (await scene.Walk.MessagesAsync(number)).Any(text => text.Contains("You were registered", StringComparison.Ordinal)));

        var signedIn = await scene.Walk.SignInAsync(number, new TestDevice());
        Assert.Equal((number, "Arta Hoxha", true), ((string)signedIn["customerNumber"]!, (string)signedIn["name"]!, (bool)signedIn["mayPay"]!));
        using var client = scene.Bank.Client((string)signedIn["session"]!["accessToken"]!);
        Assert.True((await client.GetAsync("api/v1/accounts")).IsSuccessStatusCode);
    }

    [Fact, Requirement("ONB-03"), Requirement("ONB-25"), Requirement("AUTH-30")]
    public async Task A_client_registers_by_a_card_and_wrong_PINs_lock_registration_until_two_officers_lift_it()
    {
        var (number, other) = (await scene.NewClientAsync(), await scene.NewClientAsync());
        await CardAsync($"a-{number}", number, "contactless", "770001", "active", "4711");
        await CardAsync($"b-{number}", number, "standard", "770002", "blocked", "4712");
        await CardAsync($"a-{other}", other, "standard", "880001", "active", "2580");

        var registration = $"registrations/{await scene.Walk.IdentifiedAsync(number)}";
        Assert.Equal("422 card_mismatch", $"{await ProveAsync(registration, "standard", "770001", "4711")}");
        Assert.Equal("422 card_mismatch", $"{await ProveAsync(registration, "standard", "880001", "2580")}");
        Assert.Equal("422 card_not_active", $"{await ProveAsync(registration, "standard", "770002", "4712")}");
        Assert.Equal("422 pin_block_invalid", $"{await scene.PostAsync($"{registration}/card", """{"cardType":"contactless","lastDigits":"770001","pinBlock":"a.b.c.d.e"}""")}");
        var wrong = await ProveAsync(registration, "contactless", "770001", "0000");
        Assert.Equal(("422 wrong_pin", 2), ($"{wrong}", (int)wrong.Json["attemptsLeft"]!));
        Assert.Equal(200, (await ProveAsync(registration, "contactless", "770001", "4711")).Status);
        await scene.PostAsync($"{registration}/code", $$"""{"code":"{{await scene.Walk.CodeAsync(number)}}"}""");
        Assert.Equal(200, (await scene.PostAsync($"{registration}/password", $$"""{"password":"{{SignInWalk.Password}}"}""")).Status);

        // The counter is the card's own: three wrong PINs block the card and lock registration.
        registration = $"registrations/{await scene.Walk.IdentifiedAsync(other)}";
        for (var left = 2; left >= 0; left--)
            Assert.Equal(left, (int)(await ProveAsync(registration, "standard", "880001", $"111{left}")).Json["attemptsLeft"]!);
        Assert.Equal("422 registration_locked", $"{await ProveAsync(registration, "standard", "880001", "2580")}");
        var cards = JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync("processors/cards/cards"))!["cards"]!.AsArray();
        Assert.Equal(3, (int)cards.Single(card => (string)card!["cardId"]! == $"a-{other}")!["wrongPins"]!);
        await UnlockAsync(other);

        // Guessed unique codes: the fifth voids the right one and locks.
        var code = await scene.Walk.UniqueCodeAsync(scene.Teller, other);
        for (var i = 0; i < 5; i++)
            Assert.Equal("422 code_invalid", $"{await scene.PostAsync($"{registration}/unique-code", """{"uniqueCode":"ABCDEFGH"}""")}");
        Assert.Equal("422 registration_locked", $"{await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");
        await UnlockAsync(other);
        Assert.Equal("422 code_invalid", $"{await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{code}}"}""")}");

        // Guessed one-time codes.
        await scene.PostAsync($"{registration}/unique-code", $$"""{"uniqueCode":"{{await scene.Walk.UniqueCodeAsync(scene.Teller, other)}}"}""");
        var otp = await scene.Walk.CodeAsync(other);
        for (var left = 4; left >= 1; left--)
            Assert.Equal(left, (int)(await scene.PostAsync($"{registration}/code", $$"""{"code":"{{Other(otp)}}"}""")).Json["attemptsLeft"]!);
        Assert.Equal("422 challenge_cancelled", $"{await scene.PostAsync($"{registration}/code", $$"""{"code":"{{Other(otp)}}"}""")}");
        Assert.Equal("422 challenge_cancelled", $"{await scene.PostAsync($"{registration}/code", $$"""{"code":"{{otp}}"}""")}");
        var begun = await scene.PostAsync("registrations", """{"path":"existing_client","termsAccepted":true}""");
        Assert.Equal("422 registration_locked", $"{await scene.PostAsync($"registrations/{begun.Json["registrationId"]}/client", $$"""{"identifier":"{{other}}"}""")}");
    }

    private async Task UnlockAsync(string number)
    {
        using var maker = await scene.Bank.StaffAsync("agent-1", "contact_centre");
        using var checker = await scene.Bank.StaffAsync("ledger-1", "ledger");
        var proposal = await scene.SendAsync(maker, HttpMethod.Post, $"api/backoffice/v1/customers/{number}/unlock", """{"identifiedBy":"thirrje","reason":"Klienti"}""");
        Assert.Equal(201, proposal.Status);
        var decided = await scene.SendAsync(checker, HttpMethod.Put, $"api/backoffice/v1/changes/{proposal.Json["id"]}/decision", """{"decision":"approve"}""");
        Assert.Equal((200, "applied"), (decided.Status, (string)decided.Json["state"]!));
        Assert.Equal("409 user_not_locked", $"{await scene.SendAsync(maker, HttpMethod.Post, $"api/backoffice/v1/customers/{number}/unlock", """{"identifiedBy":"thirrje","reason":"Klienti"}""")}");
    }

    private async Task<Told> ProveAsync(string registration, string type, string digits, string pin)
    {
        var keys = JsonNode.Parse(await scene.Bank.Anonymous.GetStringAsync("api/public/v1/pin-keys"))!["keys"]!;
        var block = PinBlocks.Encrypt(keys[0]!, pin, DateTimeOffset.UtcNow);
        return await scene.PostAsync($"{registration}/card", $$"""{"cardType":"{{type}}","lastDigits":"{{digits}}","pinBlock":"{{block}}"}""");
    }

    private async Task CardAsync(string id, string number, string kind, string digits, string status, string pin)
    {
        using var answer = await scene.Bank.Sandbox.PostAsync("processors/cards/cards", HttpBank.Json(
            $$"""{"cardId":"{{id}}","customerNumber":"{{number}}","kind":"{{kind}}","lastDigits":"{{digits}}","status":"{{status}}","pin":"{{pin}}"}"""));
        answer.EnsureSuccessStatusCode();
    }

    private async Task StaffAsync(HttpMethod method, string path, string body) =>
        Assert.InRange((await scene.SendAsync(scene.Teller, method, $"api/backoffice/v1/{path}", body)).Status, 200, 299);

    private static string Other(string code) => code == "000000" ? "000001" : "000000";
}
