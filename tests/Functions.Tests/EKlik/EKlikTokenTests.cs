using System.Text.Json.Nodes;
using Serverless.Banking.EKlik;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlik;

[Collection(EKlikBank.Name)]
public sealed class EKlikTokenTests(EKlikBank scene)
{
    [Fact, Requirement("EKL-05"), Requirement("EKL-11"), Requirement("EKL-12"), Requirement("EKL-26"), Requirement("EKL-06")]
    public async Task A_payment_user_signs_in_and_pays_by_the_mToken_which_five_wrong_codes_block_and_new_codes_replace()
    {
        var (number, user) = (await scene.NewClientAsync(), EKlikBank.NewUserName());
        var first = await scene.ActivatedAsync(number, user, "payment");
        Assert.False((bool)first.Json["mayPay"]!);
        Assert.Equal("403 payment_right_missing", $"{await scene.Caller(first).PostAsync("v1/transfers/own/quotes", new JsonObject())}");
        Assert.Equal("422 no_token_yet", $"{await scene.SignInAsync(user, otp: "123456")}");

        // Codes only at the counter and only for who may pay.
        var onlooker = EKlikBank.NewUserName();
        await scene.CreateAsync(number, onlooker, "info", "branch");
        Assert.Equal("422 token_for_payment_users", $"{await scene.IssueMTokenAsync(onlooker)}");
        Assert.Equal("422 client_not_present", $"{await scene.IssueMTokenAsync(user, isPresent: false)}");
        var codes = (await scene.IssueMTokenAsync(user)).Json;
        Assert.Equal("422 no_token_yet", $"{await scene.SignInAsync(user, otp: "123456")}");

        // The phone: wrong pairs are told and counted alike for everybody.
        var swapped = new JsonObject { ["registrationCode"] = (string)codes["activationCode"]!, ["activationCode"] = (string)codes["registrationCode"]! };
        Assert.Equal("422 activation_refused", Code(await scene.ActivateMTokenAsync(user, swapped)));
        Assert.Equal("422 activation_refused", Code(await scene.ActivateMTokenAsync($"{user}.other", codes)));
        Assert.Equal("400 invalid_input\n/pin mtoken_pin_weak", $"{await scene.ActivateMTokenAsync(user, codes, "345678")}");
        var key = Guid.NewGuid().ToString();
        scene.Confided("PIN", EKlikBank.Pin);
        var activated = await scene.ActivateMTokenAsync(user, codes, key: key);
        var secret = scene.Confided("mToken secret", activated.Json["secret"]);
        Assert.Equal((201, "sha256", 6, 30), (activated.Status, (string)activated.Json["algorithm"]!, (int)activated.Json["digits"]!, (int)activated.Json["stepSeconds"]!));
        Assert.Equal(secret, (string)(await scene.ActivateMTokenAsync(user, codes, key: key)).Json["secret"]!);
        Assert.Equal("422 idempotency_key_reused", $"{await scene.ActivateMTokenAsync(user, codes, "385162", key)}");
        Assert.Equal("422 activation_code_used", $"{await scene.ActivateMTokenAsync(user, codes)}");

        // A wrong PIN on the phone is a wrong code; a right code is good once, and only beside the password.
        Assert.Equal("422 token_otp_required", $"{await scene.SignInAsync(user)}");
        Assert.Equal(("422 token_otp_wrong", 4), Left(await scene.SignInAsync(user, otp: scene.Otp(secret, "385162"))));
        Assert.Equal("422 eklik_credentials_invalid", Code(await scene.SignInAsync(user, "Dielli-2028", scene.Otp(secret))));
        var otp = scene.Otp(secret);
        var signedIn = await scene.SignInAsync(user, otp: otp);
        Assert.Equal((200, true), (signedIn.Status, (bool)signedIn.Json["mayPay"]!));
        Assert.Equal("422 token_otp_old", $"{await scene.SignInAsync(user, otp: otp)}");

        // Payments: the code is for this quote and for nothing else.
        var payer = scene.Caller(signedIn);
        var (from, to) = (await scene.OpenAccountAsync(number, "90000.00"), await scene.OpenAccountAsync(await scene.NewClientAsync(), "0.00"));
        var (quote, other) = (await payer.QuoteInsideAsync(from, to.Iban, "40000.00"), await payer.QuoteInsideAsync(from, to.Iban, "40001.00"));
        var missing = await ConfirmAsync(payer, quote, null);
        Assert.Equal(("403 confirmation_required", """["token"]"""), ($"{missing}", missing.Json["methods"]!.ToJsonString()));
        await scene.NextOtpAsync();
        Assert.Equal("422 token_otp_wrong", Code(await ConfirmAsync(payer, quote, $"otp.{scene.Otp(secret)}")));
        Assert.Equal("422 token_otp_wrong", Code(await ConfirmAsync(payer, quote, Confirming(secret, other))));
        var paid = await ConfirmAsync(payer, quote, Confirming(secret, quote));
        Assert.True(paid.Status == 201, paid.ToString());
        Assert.Equal("409 confirmation_used", $"{await ConfirmAsync(payer, quote, Confirming(secret, quote))}");
        Assert.Equal("50000.00 ALL", await payer.BalanceAsync(from));

        // The fifth wrong one in a row blocks the token, for payments and sign-ins; new codes stop it at once, and another phone takes its place.
        var wrong = scene.Otp(secret) == "000000" ? "000001" : "000000";
        for (var left = 4; left > 0; left--)
            Assert.Equal(("422 token_otp_wrong", left), Left(await scene.SignInAsync(user, otp: wrong)));
        Assert.Equal("422 token_blocked", $"{await ConfirmAsync(payer, other, $"otp.{wrong}")}");
        await scene.NextOtpAsync();
        Assert.Equal("422 token_blocked", $"{await scene.SignInAsync(user, otp: scene.Otp(secret))}");
        Assert.Equal("422 token_blocked", $"{await ConfirmAsync(payer, other, Confirming(secret, other))}");
        var fresh = await scene.MTokenAsync(user);
        Assert.Equal("422 token_otp_wrong", Code(await scene.SignInAsync(user, otp: scene.Otp(secret))));
        Assert.Equal(200, (await scene.SignInAsync(user, otp: scene.Otp(fresh))).Status);
        await scene.MessageAsync(number, "sms", "token");

        // Five wrong pairs make the codes void, also for nobody.
        var last = (await scene.IssueMTokenAsync(user)).Json;
        foreach (var name in (string[])[user, $"nobody.{user}"])
        {
            for (var left = 4; left > 0; left--)
                Assert.Equal(("422 activation_refused", left), Left(await scene.ActivateMTokenAsync(name, codes)));
            Assert.Equal("422 token_blocked", $"{await scene.ActivateMTokenAsync(name, codes)}");
            Assert.Equal("422 token_blocked", $"{await scene.ActivateMTokenAsync(name, last)}");
        }

        Assert.Empty(await scene.Bank.FindSecretsAsync());
    }

    [Fact, Requirement("EKL-05"), Requirement("EKL-10"), Requirement("EKL-26")]
    public async Task A_hardware_token_that_was_blocked_or_whose_clock_went_astray_is_synchronised_by_the_contact_centre()
    {
        var (number, user, serial) = (await scene.NewClientAsync(), EKlikBank.NewUserName(), $"NLB-{Guid.NewGuid():N}"[..12].ToUpperInvariant());
        await scene.ActivatedAsync(number, user, "payment");
        var secret = System.Security.Cryptography.RandomNumberGenerator.GetBytes(20);
        var seed = new JsonObject { ["algorithm"] = "sha1", ["secret"] = scene.Confided("token secret", Convert.ToHexStringLower(secret)) };
        Assert.Equal("404 hardware_token_not_found", $"{await AssignAsync(user, serial)}");
        Assert.Equal("403 role_missing", $"{await scene.StaffAsync("branch", "PUT", $"eklik/tokens/{serial}", seed.DeepClone())}");
        Assert.True((bool)(await scene.StaffAsync("administrator", "PUT", $"eklik/tokens/{serial}", seed.DeepClone())).Json["free"]!);
        Assert.Equal("409 hardware_token_not_in_use", $"{await SynchroniseAsync(serial, "123456", "234567")}");
        Assert.Equal("hardware", (string)(await AssignAsync(user, serial)).Json["token"]!);
        var another = EKlikBank.NewUserName();
        await scene.CreateAsync(number, another, "payment", "branch");
        Assert.Equal("409 hardware_token_taken", $"{await AssignAsync(another, serial)}");

        string Shown(double after = 0) => EKlikClients.Otp(secret, scene.Now.AddSeconds(after), OtpAlgorithm.Sha1);
        var otp = Shown();
        Assert.Equal(200, (await scene.SignInAsync(user, otp: otp)).Status);
        Assert.Equal("422 token_otp_old", $"{await scene.SignInAsync(user, otp: otp)}");

        // Its clock stands three hours ahead: everything it shows is wrong, and the fifth blocks it.
        const double Astray = 3 * 3600;
        for (var left = 4; left > 0; left--)
            Assert.Equal(("422 token_otp_wrong", left), Left(await scene.SignInAsync(user, otp: Shown(Astray))));
        Assert.Equal("422 token_blocked", $"{await scene.SignInAsync(user, otp: Shown(Astray))}");
        Assert.Equal("422 token_blocked", $"{await scene.SignInAsync(user, otp: Shown(30))}");

        // Two codes one after the other, and no others, bring it back.
        Assert.Equal("404 hardware_token_not_found", $"{await SynchroniseAsync("NLB-0000000", "123456", "234567")}");
        Assert.Equal("422 synchronisation_failed", $"{await SynchroniseAsync(serial, Shown(Astray), Shown(Astray))}");
        Assert.Equal("422 synchronisation_failed", $"{await SynchroniseAsync(serial, Shown(Astray), Shown(Astray + 60))}");
        Assert.Equal("422 synchronisation_failed", $"{await SynchroniseAsync(serial, Shown(25 * 3600), Shown((25 * 3600) + 30))}");
        Assert.Equal("422 token_blocked", $"{await scene.SignInAsync(user, otp: Shown(Astray))}");
        Assert.Equal("403 role_missing", $"{await SynchroniseAsync(serial, Shown(Astray), Shown(Astray + 30), "branch")}");
        var (one, two) = (Shown(Astray), Shown(Astray + 30));
        Assert.Equal(200, (await SynchroniseAsync(serial, one, two)).Status);
        Assert.Equal("422 synchronisation_failed", $"{await SynchroniseAsync(serial, one, two)}");
        Assert.Equal("422 token_otp_old", $"{await scene.SignInAsync(user, otp: two)}");
        await scene.NextOtpAsync();
        await scene.NextOtpAsync();
        Assert.Equal(200, (await scene.SignInAsync(user, otp: Shown(Astray))).Status);

        // An mToken takes its place at once.
        var mtoken = await scene.MTokenAsync(user);
        await scene.NextOtpAsync();
        Assert.Equal("422 token_otp_wrong", Code(await scene.SignInAsync(user, otp: Shown(Astray))));
        Assert.Equal(200, (await scene.SignInAsync(user, otp: scene.Otp(mtoken))).Status);
        Assert.Equal("409 hardware_token_not_in_use", $"{await SynchroniseAsync(serial, Shown(Astray), Shown(Astray + 30))}");
    }

    private Task<Http.Answer> AssignAsync(string user, string serial) =>
        scene.StaffAsync("branch", "PUT", $"eklik/users/{user}/hardware-token", new JsonObject { ["serial"] = serial, ["clientPresent"] = true });

    private Task<Http.Answer> SynchroniseAsync(string serial, string first, string second, string role = "contact_centre") =>
        scene.StaffAsync(role, "POST", $"eklik/tokens/{serial}/synchronisation", new JsonObject { ["firstCode"] = first, ["secondCode"] = second });

    private string Confirming(string secret, Http.Answer quote) =>
        EKlikClients.Confirming(EKlikClients.Key(secret, EKlikBank.Pin), (string)quote.Json["quoteId"]!, (string)quote.Json["confirmation"]!["hash"]!, scene.Now);

    private Task<Http.Answer> ConfirmAsync(Sender payer, Http.Answer quote, string? confirmation) => Http.BankCalls.CallAsync(
        scene.Bank, "POST", "v1/transfers/inside", new JsonObject { ["quoteId"] = (string)quote.Json["quoteId"]! }.ToJsonString(), payer.Token, request =>
        {
            TransferBank.WithKey()(request);
            if (confirmation is not null)
                request.Headers.Add("Strong-Confirmation", confirmation);
        });

    private static (string Code, int Left) Left(Http.Answer answer) => (Code(answer), (int?)answer.Json["attemptsLeft"] ?? -1);

    private static string Code(Http.Answer answer) => $"{answer.Status} {answer.Json["code"]}";
}
