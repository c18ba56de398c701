using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

[Collection(EKlikBank.Name)]
public sealed class ResetTests(EKlikBank scene)
{
    private const string New = "Hena!2028", Ask = "If you did not ask for this, call the bank at once and have eKlik blocked";

    private static int people;

    [Fact, Requirement("EKL-07"), Requirement("EKL-08"), Requirement("EKL-09")]
    public async Task Six_matching_fields_bring_a_link_that_resets_the_password_once_after_it_was_opened_and_a_block_takes_it_away()
    {
        var (number, user, awaiting, fields) = (await NewPersonAsync(out var person), EKlikBank.NewUserName(), EKlikBank.NewUserName(), new JsonObject());
        fields = Fields(number, person);
        var session = scene.Caller(await scene.ActivatedAsync(number, user, "info"));
        await scene.CreateAsync(number, awaiting, "info", "branch");

        // Whatever differs, the answer is the same, and nothing comes.
        var right = await scene.PostAsync("password-resets", fields.DeepClone());
        foreach (var (field, value) in new[]
        {
            ("firstName", "Besa"), ("lastName", "Kola"), ("personalNumber", "A00000000B"), ("email", "other@example.com"), ("cardLastFour", "9999"), ("cardExpiry", "2029-11"),
        })
        {
            var wrong = fields.DeepClone().AsObject();
            wrong[field] = value;

            // Another personal number each time would be limited by itself; five a day for one are taken.
            var told = await scene.PostAsync("password-resets", wrong);
            if (field != "cardExpiry")
                Assert.Equal((202, right.Text), (told.Status, told.Text));
            else
                Assert.Equal("429 too_many_requests", Code(told));
        }

        await scene.Bank.WhenIdleAsync();
        var message = Assert.Single(await scene.MessagesAsync(number, "email"), text => text.Contains('#', StringComparison.Ordinal));
        Assert.Contains(Ask, message, StringComparison.Ordinal);
        Assert.Contains($"user {user}:", message, StringComparison.Ordinal);
        var link = scene.Confided("reset link", EKlikBank.LinkIn(message));

        // First it is opened, then the password by the rule of EKL-03, then nothing more.
        Assert.Equal("409 reset_link_not_opened", $"{await ResetAsync(link, New)}");
        Assert.Equal("404 reset_link_unknown", $"{await OpenAsync($"{link}x")}");
        Assert.Equal("404 reset_link_unknown", $"{await OpenAsync($"nobody.{link}")}");
        Assert.Equal(user, (string)(await OpenAsync(link)).Json["userName"]!);
        Assert.Equal(200, (await OpenAsync(link)).Status);
        Assert.Equal("400 invalid_input\n/password eklik_pwd_symbol", $"{await ResetAsync(link, "Dielli2027")}");
        Assert.Equal("400 invalid_input\n/passwordAgain passwords_differ", $"{await ResetAsync(link, New, "Hena!2029")}");
        Assert.Equal(200, (await session.GetAsync("v1/accounts")).Status);
        var key = Guid.NewGuid().ToString();
        Assert.Equal((200, user), ((await ResetAsync(link, scene.Confided("password", New), key: key)).Status, user));
        Assert.Equal(200, (await ResetAsync(link, New, key: key)).Status);
        Assert.Equal("422 idempotency_key_reused", $"{await ResetAsync(link, "Other!2028", key: key)}");
        Assert.Equal("422 reset_link_used", $"{await ResetAsync(link, New)}");
        Assert.Equal("422 reset_link_used", $"{await OpenAsync(link)}");
        Assert.Equal("401 session_password_changed", $"{await session.GetAsync("v1/accounts")}");
        Assert.Equal("422 eklik_credentials_invalid", Code(await scene.SignInAsync(user)));
        var again = await scene.SignInAsync(user, New);
        Assert.Equal(200, again.Status);

        // A block ends sessions and links at once; a blocked user gets no link. Two days on, whatever the hour, what was asked for today does not count any more.
        await scene.Bank.AdvanceAsync(TimeSpan.FromDays(2));
        again = await scene.SignInAsync(user, New);
        var second = await LinkAsync(number, fields);
        Assert.NotEqual(link, second);
        Assert.Equal(200, (await OpenAsync(second)).Status);
        var why = new JsonObject { ["identifiedBy"] = "three questions", ["reason"] = "Nuk e kërkoi" };
        Assert.Equal("404 eklik_user_not_found", $"{await scene.StaffAsync("contact_centre", "PUT", "eklik/users/nobody/blocking", why.DeepClone())}");
        var blocked = await scene.StaffAsync("contact_centre", "PUT", $"eklik/users/{user}/blocking", why.DeepClone());
        Assert.Equal((200, "blocked", "requested"), (blocked.Status, (string)blocked.Json["state"]!, (string)blocked.Json["blocking"]!));
        Assert.Equal("401 session_locked", $"{await scene.Caller(again).GetAsync("v1/accounts")}");
        Assert.Equal("422 eklik_user_blocked", $"{await OpenAsync(second)}");
        Assert.Equal("422 eklik_user_blocked", $"{await ResetAsync(second, "Other!2028")}");
        Assert.Equal("422 eklik_user_blocked", $"{await scene.SignInAsync(user, New)}");
        Assert.Equal(("422 eklik_credentials_invalid", 4), (Code(await scene.SignInAsync(user)), 4));
        await scene.MessageAsync(number, "sms", $"{user} was blocked");
        var links = (await scene.MessagesAsync(number, "email")).Count(text => text.Contains('#', StringComparison.Ordinal));
        Assert.Equal(202, (await scene.PostAsync("password-resets", fields.DeepClone())).Status);
        await scene.Bank.WhenIdleAsync();
        Assert.Equal(links, (await scene.MessagesAsync(number, "email")).Count(text => text.Contains('#', StringComparison.Ordinal)));
        Assert.Empty(await scene.Bank.FindSecretsAsync());
    }

    [Fact, Requirement("EKL-27"), Requirement("EKL-08")]
    public async Task A_link_lives_half_an_hour_a_code_a_week_a_one_time_password_a_minute_and_a_session_ten_idle_minutes()
    {
        var (number, user, other, third) = (await NewPersonAsync(out var person), EKlikBank.NewUserName(), EKlikBank.NewUserName(), EKlikBank.NewUserName());
        await scene.ActivatedAsync(number, user, "payment");
        var secret = await scene.MTokenAsync(user);

        // A one-time password is good for a minute from the beginning of its step.
        var step = new DateTimeOffset(scene.Now.Ticks - (scene.Now.Ticks % TimeSpan.FromSeconds(30).Ticks), TimeSpan.Zero).AddSeconds(60);
        await scene.SleepUntilAsync(step);
        var (early, late) = (scene.Otp(secret), scene.Otp(secret, after: 30));
        await scene.SleepUntilAsync(step.AddSeconds(50));
        var session = await scene.SignInAsync(user, otp: early);
        Assert.True(session.Status == 200, session.ToString());
        await scene.SleepUntilAsync(step.AddSeconds(90));
        Assert.Equal("422 token_otp_old", $"{await scene.SignInAsync(user, otp: late)}");

        // A session ends after ten minutes without activity, and not by the clock while something is done in it.
        session = await scene.SignInAsync(user, otp: scene.Otp(secret));
        var caller = scene.Caller(session);
        for (var i = 0; i < 2; i++)
        {
            await scene.SleepUntilAsync(scene.Now.AddMinutes(9.5));
            Assert.Equal(200, (await caller.GetAsync("v1/accounts")).Status);
        }

        await scene.Bank.WhenIdleAsync();
        await scene.SleepUntilAsync(scene.Now.AddMinutes(10).AddSeconds(1));
        Assert.Equal("401 session_idle", $"{await caller.GetAsync("v1/accounts")}");

        // The link: good until half an hour after it was asked for.
        var (asked, link) = (scene.Now, await LinkAsync(number, Fields(number, person)));
        await scene.SleepUntilAsync(asked.AddMinutes(29));
        var expires = (DateTimeOffset)(await OpenAsync(link)).Json["expiresAt"]!;
        Assert.InRange(expires - asked, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(30.5));
        await scene.SleepUntilAsync(expires);
        Assert.Equal("422 reset_link_expired", $"{await ResetAsync(link, New)}");
        Assert.Equal("422 reset_link_expired", $"{await OpenAsync(link)}");

        // Codes for a user and for an mToken: a week.
        var (first, second) = ((await scene.CreateAsync(number, other, "payment", "branch")).Json, (await scene.CreateAsync(number, third, "payment", "branch")).Json);
        var codes = (await scene.IssueMTokenAsync(user)).Json;
        var end = (DateTimeOffset)codes["expiresAt"]!;
        Assert.InRange(end - scene.Now, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        await scene.SleepUntilAsync(((DateTimeOffset)first["expiresAt"]!).AddMinutes(-1));
        var activation = await scene.ActivateAsync(other, (string)first["activationCode"]!);
        Assert.Equal(201, activation.Status);
        await scene.SleepUntilAsync(end);
        Assert.Equal("422 activation_code_expired", $"{await scene.ActivateAsync(third, (string)second["activationCode"]!)}");
        Assert.Equal("422 activation_code_expired", $"{await scene.ActivateMTokenAsync(user, codes)}");

        // And half an hour from the code to the password.
        await scene.SleepUntilAsync((DateTimeOffset)activation.Json["expiresAt"]!);
        Assert.Equal("422 activation_over", $"{await scene.ChooseAsync(other, (string)activation.Json["activationToken"]!, EKlikBank.Password)}");
    }

    private Task<string> NewPersonAsync(out string person) => CardedAsync(person = $"J5{Interlocked.Increment(ref people) + 1_000_000:D7}K");

    private async Task<string> CardedAsync(string person)
    {
        var number = await scene.NewClientAsync(person: person);
        using var answer = await scene.Bank.Sandbox.PostAsync("processors/cards/cards", HttpBank.Json(
            $$"""{"cardId":"e-{{number}}","customerNumber":"{{number}}","kind":"standard","lastDigits":"77{{number[^4..]}}","status":"active","pin":"4711","expiry":"2029-12"}"""));
        answer.EnsureSuccessStatusCode();
        return number;
    }

    private static JsonObject Fields(string number, string person) => new()
    {
        ["firstName"] = "arta",
        ["lastName"] = "Hoxha",
        ["personalNumber"] = person.ToLowerInvariant(),
        ["email"] = $"{number}C@example.com",
        ["cardLastFour"] = number[^4..],
        ["cardExpiry"] = "2029-12",
    };

    private async Task<string> LinkAsync(string number, JsonObject fields)
    {
        var before = (await scene.MessagesAsync(number, "email")).Count(text => text.Contains('#', StringComparison.Ordinal));
        Assert.Equal(202, (await scene.PostAsync("password-resets", fields.DeepClone())).Status);
        string[] links = [];
        await Eventually.IsTrueAsync(async () =>
            (links = [.. (await scene.MessagesAsync(number, "email")).Where(text => text.Contains('#', StringComparison.Ordinal))]).Length > before);
        return scene.Confided("reset link", EKlikBank.LinkIn(links[^1]));
    }

    private Task<Http.Answer> OpenAsync(string link) => scene.PostAsync("password-resets/opening", new JsonObject { ["link"] = link });

    private Task<Http.Answer> ResetAsync(string link, string password, string? again = null, string? key = null) =>
        scene.PostAsync("password-resets/password", new JsonObject { ["link"] = link, ["password"] = password, ["passwordAgain"] = again ?? password }, key);

    private static string Code(Http.Answer answer) => $"{answer.Status} {answer.Json["code"]}";
}
