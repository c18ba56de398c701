using System.Text.Json.Nodes;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

[Collection(EKlikBank.Name)]
public sealed class ActivationTests(EKlikBank scene)
{
    [Fact, Requirement("EKL-01")]
    public async Task An_activation_code_goes_by_e_mail_only_to_who_has_no_number_of_a_local_operator_and_by_SMS_only_to_who_has()
    {
        var (local, foreign, silent) = (await scene.NewClientAsync(), await scene.NewClientAsync("+49151"), await scene.NewClientAsync(null, null));
        var (first, second, third) = (EKlikBank.NewUserName(), EKlikBank.NewUserName(), EKlikBank.NewUserName());

        Assert.Equal("422 activation_by_email_not_allowed", $"{await scene.CreateAsync(local, first, "info", "email")}");
        Assert.Equal("422 activation_by_sms_not_allowed", $"{await scene.CreateAsync(foreign, second, "info", "sms")}");
        Assert.Equal("422 activation_by_sms_not_allowed", $"{await scene.CreateAsync(silent, third, "info", "sms")}");
        Assert.Equal("422 email_address_missing", $"{await scene.CreateAsync(silent, third, "info", "email")}");
        Assert.Equal("404 client_not_found", Code(await scene.CreateAsync("279999999", third, "info", "branch")));

        var bySms = await scene.CreateAsync(local, first.ToUpperInvariant(), "info", "sms");
        Assert.Equal((201, null, $"+355…{local[^3..]}"), (bySms.Status, (string?)bySms.Json["activationCode"], (string)bySms.Json["sentTo"]!));
        Assert.Equal((first, "awaiting_activation"), ((string)bySms.Json["user"]!["userName"]!, (string)bySms.Json["user"]!["state"]!));
        var byMail = await scene.CreateAsync(foreign, second, "info", "email");
        Assert.Equal((201, null), (byMail.Status, (string?)byMail.Json["activationCode"]));
        var atBranch = await scene.CreateAsync(silent, third, "info", "branch");
        Assert.Equal((201, null), (atBranch.Status, (string?)atBranch.Json["sentTo"]));
        Assert.Equal("409 user_name_taken", $"{await scene.CreateAsync(local, third, "info", "branch")}");

        // Each of the three codes is the user's.
        foreach (var (user, code) in new[]
        {
            (first, EKlikBank.CodeIn(await scene.MessageAsync(local, "sms", first))), (second, EKlikBank.CodeIn(await scene.MessageAsync(foreign, "email", second))),
            (third, (string)atBranch.Json["activationCode"]!),
        })
        {
            Assert.Matches("^[A-HJ-NP-Z2-9]{8}$", scene.Confided("activation code", code));
            Assert.Equal(201, (await scene.ActivateAsync(user, code)).Status);
        }

        // A new code takes the place of the former one.
        var users = (await scene.StaffAsync("contact_centre", "GET", $"customers/{local}/eklik-users")).Json["users"]!.AsArray();
        Assert.Equal([first], users.Select(user => (string)user!["userName"]!));
        var another = await scene.StaffAsync("branch", "POST", $"eklik/users/{first}/activation-codes", new JsonObject { ["delivery"] = "branch" });
        Assert.Equal(201, another.Status);
        Assert.Equal("422 activation_refused", Code(await scene.ActivateAsync(first, EKlikBank.CodeIn(await scene.MessageAsync(local, "sms", first)))));
        Assert.Equal(201, (await scene.ActivateAsync(first, (string)another.Json["activationCode"]!)).Status);
        Assert.Equal("404 eklik_user_not_found", $"{await scene.StaffAsync("branch", "POST", "eklik/users/nobody/activation-codes", new JsonObject { ["delivery"] = "branch" })}");
    }

    [Fact, Requirement("EKL-02"), Requirement("EKL-03"), Requirement("EKL-04"), Requirement("EKL-06")]
    public async Task A_user_activates_chooses_a_password_by_eKliks_own_rule_and_is_signed_in()
    {
        var (number, user) = (await scene.NewClientAsync(), EKlikBank.NewUserName());
        var created = await scene.CreateAsync(number, user, "info", "branch");
        var code = scene.Confided("activation code", created.Json["activationCode"]);

        // One answer for an unknown name and a wrong code, with the same count.
        Assert.Equal(("422 activation_refused", 4), Left(await scene.ActivateAsync(user, "ABCDEFGH")));
        Assert.Equal(("422 activation_refused", 4), Left(await scene.ActivateAsync($"{user}.other", code)));
        var key = Guid.NewGuid().ToString();
        var activation = await scene.ActivateAsync(user.ToUpperInvariant(), $"{code[..4]} {code[4..].ToLowerInvariant()}", key);
        Assert.Equal((201, user), (activation.Status, (string)activation.Json["userName"]!));
        Assert.Equal(activation.Json.ToJsonString(), (await scene.ActivateAsync(user, code, key)).Json.ToJsonString());
        Assert.Equal("422 activation_code_used", $"{await scene.ActivateAsync(user, code)}");

        // Each rule by its name; what the mobile bank refuses is good here, and the other way about.
        var token = scene.Confided("activation token", activation.Json["activationToken"]);
        async Task<string> FaultsAsync(string password, string? again = null) =>
            string.Join(' ', (await scene.ChooseAsync(user, token, password, again)).Json["errors"]!.AsArray().Select(fault => (string)fault!["code"]!));
        Assert.Equal("eklik_pwd_length eklik_pwd_capital eklik_pwd_letter eklik_pwd_digit", await FaultsAsync("!"));
        Assert.Equal("eklik_pwd_length eklik_pwd_capital eklik_pwd_letter eklik_pwd_symbol", await FaultsAsync("7"));
        Assert.Equal("eklik_pwd_length", await FaultsAsync("Diell-7"));
        Assert.Equal("eklik_pwd_capital", await FaultsAsync("dielli-2027"));
        Assert.Equal("eklik_pwd_letter", await FaultsAsync("D-2027-2027"));
        Assert.Equal("eklik_pwd_digit", await FaultsAsync("Dielli-Hena"));
        Assert.Equal("eklik_pwd_symbol", await FaultsAsync(SignInWalk.Password));
        Assert.Equal("passwords_differ", await FaultsAsync(EKlikBank.Password, "Dielli-2028"));
        Assert.Equal("422 activation_over", $"{await scene.ChooseAsync(user, "not-the-token", EKlikBank.Password)}");
        Assert.Equal("422 eklik_credentials_invalid", Code(await scene.SignInAsync(user)));

        var (choosing, password) = (Guid.NewGuid().ToString(), scene.Confided("password", "DI-12345"));
        var signedIn = await scene.ChooseAsync(user, token, password, key: choosing);
        Assert.Equal((200, user, number, "info", false), (
            signedIn.Status, (string)signedIn.Json["userName"]!, (string)signedIn.Json["customerNumber"]!, (string)signedIn.Json["kind"]!, (bool)signedIn.Json["mayPay"]!));
        Assert.Equal((string)signedIn.Json["session"]!["sessionId"]!, (string)(await scene.ChooseAsync(user, token, password, key: choosing)).Json["session"]!["sessionId"]!);
        Assert.Equal("422 activation_over", $"{await scene.ChooseAsync(user, token, password)}");
        Assert.Equal(200, (await scene.Caller(signedIn).GetAsync("v1/accounts")).Status);
        await scene.MessageAsync(number, "email", "A password was set");

        // An info user needs no token to come back, and orders nothing.
        var again = await scene.SignInAsync(user.ToUpperInvariant(), password);
        Assert.Equal((200, "info", false), (again.Status, (string)again.Json["kind"]!, (bool)again.Json["mayPay"]!));
        var caller = scene.Caller(again);
        var account = await scene.OpenAccountAsync(number, "100.00");
        Assert.Equal("100.00 ALL", await caller.BalanceAsync(account));
        Assert.Equal("403 payment_right_missing", $"{await caller.QuoteInsideAsync(account, account.Iban, "1.00")}");
        foreach (var path in (string[])["transfers/own/quotes", "transfers/inside", "transfers/national/quotes", "transfers/international/quotes", "transfers/periodic/quotes",
            "bills/quotes", "bills/payments", "remittances/quotes", "money-requests/quotes"])
            Assert.Equal("403 payment_right_missing", $"{await caller.PostAsync($"v1/{path}", new JsonObject())}");
    }

    [Fact, Requirement("EKL-26"), Requirement("EKL-09")]
    public async Task Five_wrong_codes_or_passwords_in_a_row_block_a_user_as_they_do_nobody_and_two_officers_let_him_in_again()
    {
        var (number, awaiting, active, nobody) = (await scene.NewClientAsync(), EKlikBank.NewUserName(), EKlikBank.NewUserName(), $"nobody.{EKlikBank.NewUserName()}");
        var code = (string)(await scene.CreateAsync(number, awaiting, "info", "branch")).Json["activationCode"]!;
        await scene.ActivatedAsync(number, active, "info");

        foreach (var user in (string[])[awaiting, nobody])
        {
            for (var left = 4; left > 0; left--)
                Assert.Equal(("422 activation_refused", left), Left(await scene.ActivateAsync(user, "ABCDEFGH")));
            Assert.Equal("422 eklik_user_blocked", $"{await scene.ActivateAsync(user, "ABCDEFGH")}");
            Assert.Equal("422 eklik_user_blocked", $"{await scene.ActivateAsync(user, code)}");
        }

        // Four wrong ones and a right one count for nothing.
        for (var left = 4; left > 0; left--)
            Assert.Equal(("422 eklik_credentials_invalid", left), Left(await scene.SignInAsync(active, "Dielli-2028")));
        Assert.Equal(200, (await scene.SignInAsync(active)).Status);
        foreach (var user in (string[])[active, nobody])
        {
            for (var left = 4; left > 0; left--)
                Assert.Equal(("422 eklik_credentials_invalid", left), Left(await scene.SignInAsync(user, "Dielli-2028")));
            Assert.Equal("422 eklik_user_blocked", $"{await scene.SignInAsync(user, "Dielli-2028")}");
            Assert.Equal("422 eklik_user_blocked", $"{await scene.SignInAsync(user)}");
        }

        await scene.MessageAsync(number, "sms", $"{active} was blocked");
        foreach (var user in (string[])[awaiting, active])
            await UnblockAsync(user);
        Assert.Equal(200, (await scene.SignInAsync(active)).Status);

        // A code that was guessed at stays void.
        Assert.Equal("422 activation_refused", Code(await scene.ActivateAsync(awaiting, code)));
        var another = await scene.StaffAsync("branch", "POST", $"eklik/users/{awaiting}/activation-codes", new JsonObject { ["delivery"] = "branch" });
        Assert.Equal(201, (await scene.ActivateAsync(awaiting, (string)another.Json["activationCode"]!)).Status);
    }

    private async Task UnblockAsync(string user)
    {
        var why = new JsonObject { ["identifiedBy"] = "three questions", ["reason"] = "Harroi" };
        var proposal = await scene.StaffAsync("contact_centre", "POST", $"eklik/users/{user}/unblock", why);
        Assert.Equal(201, proposal.Status);
        var decided = await scene.StaffAsync("ledger", "PUT", $"changes/{proposal.Json["id"]}/decision", new JsonObject { ["decision"] = "approve" });
        Assert.Equal((200, "applied"), (decided.Status, (string)decided.Json["state"]!));
        Assert.Equal("409 eklik_user_not_blocked", $"{await scene.StaffAsync("contact_centre", "POST", $"eklik/users/{user}/unblock", why.DeepClone())}");
    }

    private static (string Code, int Left) Left(Http.Answer answer) => (Code(answer), (int?)answer.Json["attemptsLeft"] ?? -1);

    private static string Code(Http.Answer answer) => $"{answer.Status} {answer.Json["code"]}";
}
