using Serverless.Testing;

namespace Serverless.Functions.Tests.Credentials;

/// <summary>Moves the clock, so these tests have a bank of their own.</summary>
public sealed class LoginTests(CredentialsBank scene) : IClassFixture<CredentialsBank>
{
    [Fact, Requirement("AUTH-01"), Requirement("AUTH-22"), Requirement("AUTH-30")]
    public async Task Five_wrong_passwords_lock_anybody_alike_three_locks_block_and_two_officers_lift_it()
    {
        await scene.RenewTellerAsync();
        var number = await scene.NewClientAsync();
        await scene.Walk.RegisterAsync(scene.Teller, number);
        var clientOnly = await scene.NewClientAsync();
        string[] identifiers = [number, clientOnly, CredentialsBank.NewNumber(), "K99901999Z"];

        for (var left = 4; left >= 1; left--)
        {
            foreach (var identifier in identifiers)
            {
                var wrong = await scene.LoginAsync(identifier, "Wrong2026x", null);
                Assert.Equal(("422 invalid_credentials", left), ($"{wrong}", (int)wrong.Json["attemptsLeft"]!));
            }
        }

        foreach (var identifier in identifiers)
            Assert.Equal("422 user_locked", $"{await scene.LoginAsync(identifier, "Wrong2026x", null)}");
        Assert.Equal("422 user_locked", $"{await scene.LoginAsync(number, SignInWalk.Password, null)}");

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(31));
        await LockAsync(number);
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(31));
        Assert.Equal(200, (await scene.LoginAsync(number, SignInWalk.Password, null)).Status);
        await LockAsync(number);
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("422 user_blocked", $"{await scene.LoginAsync(number, SignInWalk.Password, null)}");

        using var maker = await scene.Bank.StaffAsync("agent-1", "contact_centre");
        using var checker = await scene.Bank.StaffAsync("ledger-1", "ledger");
        var proposal = await scene.SendAsync(maker, HttpMethod.Post, $"api/backoffice/v1/customers/{number}/unlock", """{"identifiedBy":"thirrje","reason":"Harroi"}""");
        Assert.Equal((201, "blocked"), (proposal.Status, (string)proposal.Json["before"]!));
        Assert.Equal("422 user_blocked", $"{await scene.LoginAsync(number, SignInWalk.Password, null)}");
        Assert.Equal(200, (await scene.SendAsync(checker, HttpMethod.Put, $"api/backoffice/v1/changes/{proposal.Json["id"]}/decision", """{"decision":"approve"}""")).Status);
        Assert.Equal(200, (await scene.LoginAsync(number, SignInWalk.Password, null)).Status);

        using var auditor = await scene.Bank.StaffAsync("auditor-1", "audit auditor");
        var trail = (await scene.SendAsync(auditor, HttpMethod.Get, $"api/backoffice/v1/audit?resource=customer/{number}", "")).Json.ToJsonString();
        Assert.All(["agent-1", "ledger-1", "Harroi", "change_applied"], word => Assert.Contains(word, trail, StringComparison.Ordinal));
        Assert.DoesNotContain(SignInWalk.Password, trail, StringComparison.Ordinal);
    }

    [Fact, Requirement("AUTH-02"), Requirement("AUTH-23"), Requirement("AUTH-22")]
    public async Task A_code_lives_two_minutes_for_one_login_and_a_new_one_cancels_it()
    {
        await scene.RenewTellerAsync();
        var number = await scene.NewClientAsync();
        await scene.Walk.RegisterAsync(scene.Teller, number);
        var device = new TestDevice();

        // More than an hour later, at the beginning of one: the counter of an hour weighs what was counted in the hour before by how much of it is left.
        await scene.Bank.AdvanceAsync(TimeSpan.FromHours(3) - TimeSpan.FromTicks(scene.Bank.Host.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerHour));

        var first = await scene.LoginAsync(number, SignInWalk.Password, device);
        Assert.Equal((200, "otp", $"+355…{number[^3..]}"), (first.Status, (string)first.Json["next"]!, (string)first.Json["code"]!["sentTo"]!));
        var login = $"login/{first.Json["challengeId"]}";
        var code = await scene.Walk.CodeAsync(number);
        Assert.Contains(await scene.Walk.MessagesAsync(number), text => text.Contains(code, StringComparison.Ordinal) && text.Contains("sign in", StringComparison.Ordinal));
        var soon = await scene.PostAsync($"{login}/code-sends");
        Assert.Equal("429 too_many_requests", $"{soon}");
        Assert.InRange(soon.RetryAfter!.Value.TotalSeconds, 1, 30);

        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await scene.PostAsync($"{login}/code-sends")).Status);
        var second = await scene.Walk.CodeAsync(number);
        if (second != code)
            Assert.Equal("422 otp_wrong", $"{await scene.PostAsync($"{login}/code", Code(code))}");
        await scene.Bank.AdvanceAsync(TimeSpan.FromSeconds(121));
        Assert.Equal("422 otp_expired", $"{await scene.PostAsync($"{login}/code", Code(second))}");
        Assert.Equal(200, (await scene.PostAsync($"{login}/code-sends")).Status);
        var third = await scene.Walk.CodeAsync(number);

        // Another login's code is no use here, and a used one is no use anywhere.
        var other = $"login/{(await scene.LoginAsync(number, SignInWalk.Password, device)).Json["challengeId"]}";
        var others = await scene.Walk.CodeAsync(number);
        if (others != third)
            Assert.Equal("422 otp_wrong", $"{await scene.PostAsync($"{other}/code", Code(third))}");
        Assert.Equal(200, (await scene.PostAsync($"{login}/code", Code(third))).Status);
        Assert.Equal("422 challenge_expired", $"{await scene.PostAsync($"{login}/code", Code(third))}");
        Assert.Equal("422 challenge_expired", $"{await scene.PostAsync($"login/{Guid.NewGuid()}/code", Code(third))}");

        // Five wrong ones cancel the login; the fifth sending of the hour is the last.
        var cancelled = $"login/{(await scene.LoginAsync(number, SignInWalk.Password, device)).Json["challengeId"]}";
        var right = await scene.Walk.CodeAsync(number);
        for (var i = 0; i < 5; i++)
            await scene.PostAsync($"{cancelled}/code", Code(right == "000000" ? "000001" : "000000"));
        Assert.Equal("422 challenge_cancelled", $"{await scene.PostAsync($"{cancelled}/code", Code(right))}");
        var sixth = await scene.LoginAsync(number, SignInWalk.Password, device);
        Assert.Equal("429 too_many_requests", $"{sixth}");
        Assert.InRange(sixth.RetryAfter!.Value.TotalMinutes, 1, 120);

        // Ten minutes after the password a login is over, whatever codes it gets.
        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(11));
        Assert.Equal("422 challenge_expired", $"{await scene.PostAsync($"{other}/code", Code(others))}");
    }

    private async Task LockAsync(string number)
    {
        for (var i = 0; i < 5; i++)
            await scene.LoginAsync(number, "Wrong2026x", null);
    }

    private static string Code(string code) => $$"""{"code":"{{code}}"}""";
}
