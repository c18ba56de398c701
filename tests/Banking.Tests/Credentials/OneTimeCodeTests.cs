using FsCheck;
using FsCheck.Fluent;
using Serverless.Banking.Credentials;
using Serverless.Testing;
using static Serverless.Banking.Tests.Credentials.CredentialsScene;

namespace Serverless.Banking.Tests.Credentials;

public sealed class OneTimeCodeTests
{
    private const string Binding = "login 1";

    [Fact]
    public async Task A_right_code_sent_by_eight_at_once_lets_one_in()
    {
        await using var bank = await BankAsync();
        var code = await SendAsync(bank);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CheckAsync(bank, code)));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.IsType<OtpExpired>((await CheckAsync(bank, code)).Error);
    }

    [Fact]
    public async Task Forty_guesses_at_once_get_five_looks_and_the_right_one_comes_too_late()
    {
        await using var bank = await BankAsync();
        var code = await SendAsync(bank);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => CheckAsync(bank, Other(code))));

        Assert.InRange(answers.Count(answer => answer.Error is OtpWrong), 4, 4);
        Assert.All(answers.Where(answer => answer.Error is not OtpWrong), answer => Assert.IsType<ChallengeCancelled>(answer.Error));
        await using var restarted = bank.Restarted();
        Assert.IsType<ChallengeCancelled>((await CheckAsync(restarted, code)).Error);
    }

    /// <summary>Three cancelled codes within an hour lock the login (AUTH-22).</summary>
    [Fact]
    public async Task Cancelled_codes_lock_the_login()
    {
        await using var bank = await BankAsync();
        for (var login = 0; login < 3; login++)
        {
            Assert.Null((await bank.Get<LockoutTable>().FindAsync(CredentialKeys.Partition(Arta), CancellationToken.None)).LockedUntil);
            var code = await SendAsync(bank, $"login {login}");
            for (var i = 0; i < 5; i++)
                await CheckAsync(bank, Other(code), $"login {login}");
        }

        Assert.IsType<UserLocked>((await bank.Get<VerifyPassword>().RunAsync(LoginIdentifier.Of(Arta), Password, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task A_code_is_for_its_purpose_and_its_thing_only()
    {
        await using var bank = await BankAsync();
        var code = await SendAsync(bank);

        Assert.IsType<OtpExpired>((await CheckAsync(bank, code, "login 2")).Error);
        Assert.IsType<OtpExpired>((await bank.Get<CheckOneTimeCode>().RunAsync(OneTimeCodePurpose.Payment, Binding, code, CancellationToken.None)).Error);
        Assert.True((await CheckAsync(bank, code)).IsSuccess);
    }

    /// <summary>Whatever a client does in whatever order and pace, the bank answers as this small model.</summary>
    [Fact]
    public void Codes_follow_their_rules_in_any_order_of_sending_guessing_and_waiting() => Prop.ForAll(
        Gen.Elements("send", "right", "wrong", "wait 20", "wait 40", "wait 130", "old").ListOf().Select(steps => steps.Take(14).ToArray()).ToArbitrary(),
        steps => AsModelledAsync(steps).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static async Task<bool> AsModelledAsync(string[] steps)
    {
        await using var bank = await BankAsync();
        var (code, old, age, tries, sends, state) = ("", "", 1000, 0, 0, "none");
        foreach (var step in steps)
        {
            switch (step.Split(' '))
            {
                case ["wait", var seconds]:
                    bank.Clock.Advance(TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
                    age += int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture);
                    break;
                case ["send"]:
                    var sent = await bank.Get<SendOneTimeCode>().RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Login, Binding, Arta), CancellationToken.None);
                    var expected = state == "cancelled" ? "challenge_cancelled" : (state == "open" && age < 30) || sends == 5 ? "too_many_requests" : "sent";
                    if ((sent.IsSuccess ? "sent" : sent.Error!.Code) != expected)
                        return false;
                    if (sent.IsSuccess)
                        (old, code, age, sends, tries, state) = (code, await bank.CodeAsync(), 0, sends + 1, state == "open" ? tries : 0, "open");
                    break;
                case [var guess]:
                    var typed = guess == "right" ? code : guess == "old" ? old : Other(code);
                    if (typed.Length == 0 || (guess == "old" && old == code))
                        break;
                    var answer = await CheckAsync(bank, typed);
                    var told = state == "cancelled" ? "challenge_cancelled"
                        : state != "open" || age >= 120 ? "otp_expired"
                        : guess == "right" ? "taken"
                        : ++tries == 5 ? "challenge_cancelled" : "otp_wrong";
                    state = told == "taken" ? "used" : told == "challenge_cancelled" ? "cancelled" : state;
                    if ((answer.IsSuccess ? "taken" : answer.Error!.Code) != told)
                        return false;
                    break;
            }
        }

        return true;
    }

    private static async Task<TestBank> BankAsync()
    {
        var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(Arta);
        return bank;
    }

    private static async Task<string> SendAsync(TestBank bank, string binding = Binding)
    {
        var sent = await bank.Get<SendOneTimeCode>().RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Login, binding, Arta), CancellationToken.None);
        Assert.True(sent.IsSuccess, sent.IsSuccess ? null : sent.Error!.Code);
        return await bank.CodeAsync();
    }

    private static Task<Result<Nothing>> CheckAsync(TestBank bank, string code, string binding = Binding) =>
        bank.Get<CheckOneTimeCode>().RunAsync(OneTimeCodePurpose.Login, binding, code, CancellationToken.None);
}
