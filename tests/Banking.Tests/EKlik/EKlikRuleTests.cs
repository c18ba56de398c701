using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Banking.Messages;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Tests.Credentials;
using Serverless.Testing;
using static Serverless.Banking.Tests.EKlik.EKlikScene;

namespace Serverless.Banking.Tests.EKlik;

/// <summary>Borders to the tick, guesses at once, and what an attacker could measure.</summary>
public sealed class EKlikRuleTests
{
    /// <summary>RFC 6238, appendix B, for HMAC-SHA-1.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(2000000000, "69279037")]
    public void Codes_of_hardware_tokens_are_those_of_the_RFC(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("12345678901234567890"u8, seconds / 30, 8, HashAlgorithmName.SHA1));

    /// <summary>RFC 4226, appendix D: the counter in place of the step.</summary>
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void Truncation_is_that_of_RFC_4226(long counter, string code) => Assert.Equal(code, Totp.Code("12345678901234567890"u8, counter, 6, HashAlgorithmName.SHA1));

    [Theory]
    [InlineData("Aa1!aaaa", "")]
    [InlineData("AA1!1111", "")]
    [InlineData("Ëë1!2345", "")]
    [InlineData("Aa1!aaa", "eklik_pwd_length")]
    [InlineData("aa1!aaaa", "eklik_pwd_capital")]
    [InlineData("A11!1111", "eklik_pwd_letter")]
    [InlineData("Aaa!aaaa", "eklik_pwd_digit")]
    [InlineData("Aa1 aaaa", "eklik_pwd_symbol")]
    [InlineData("", "eklik_pwd_length eklik_pwd_capital eklik_pwd_letter eklik_pwd_digit eklik_pwd_symbol")]
    public void Each_rule_that_a_password_does_not_meet_is_named(string password, string faults) =>
        Assert.Equal(faults, string.Join(' ', EKlikPasswordRules.Check(password, "/password").Select(fault => fault.Code)));

    [Theory]
    [InlineData("000000", true)]
    [InlineData("123456", true)]
    [InlineData("987654", true)]
    [InlineData("123457", false)]
    [InlineData("274951", false)]
    public void A_PIN_is_neither_one_digit_nor_a_run(string pin, bool isWeak) => Assert.Equal(isWeak, MTokens.IsWeak(pin));

    [Fact]
    public async Task A_one_time_password_lives_a_minute_from_the_beginning_of_its_step_to_the_tick_and_once()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync();
        var key = await bank.AddMTokenAsync();
        Instant Next() => Instant.FromUnixTimeSeconds((TokenOtps.StepAt(bank.Now) + 2) * 30);
        EKlikRow row = await bank.RowAsync();
        var otps = bank.Get<TokenOtps>();

        var start = Next();
        var otp = EKlikClients.Otp(key, start.ToDateTimeOffset());
        Error? At(Instant now, EKlikRow? of = null, string? binding = null) => otps.Take(of ?? row, otp, binding, now).Answer.Error;
        Assert.IsType<TokenOtpWrong>(At(start - Duration.FromTicks(1)));
        Assert.Null(At(start));
        Assert.Null(At(start + Duration.FromSeconds(60) - Duration.FromTicks(1)));
        Assert.IsType<TokenOtpOld>(At(start + Duration.FromSeconds(60)));
        Assert.IsType<TokenOtpWrong>(At(start + Duration.FromMinutes(11)));
        var used = otps.Take(row, otp, null, start).Row;
        Assert.IsType<TokenOtpOld>(At(start, used));

        // What is shown for a payment is no sign-in, and the other way about; a hardware token knows nothing of payments.
        Assert.IsType<TokenOtpWrong>(At(start, binding: "challenge.facts"));
        otp = EKlikClients.Confirming(key, "challenge", "facts", start.ToDateTimeOffset())["otp.".Length..];
        Assert.Null(At(start, binding: $"{ConfirmationHash.Of("challenge")}.facts"));
        Assert.IsType<TokenOtpWrong>(At(start, binding: $"{ConfirmationHash.Of("challenge")}.other"));
        Assert.IsType<TokenOtpWrong>(At(start));
    }

    [Fact]
    public async Task Codes_and_links_end_to_the_tick()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.SaveClientAsync();
        var code = await bank.CreateAsync();
        var codes = (await bank.IssueMTokenAsync()).Value!;
        var row = await bank.RowAsync();

        // The clock goes on by one tick each time it is looked at.
        async Task<Error?> ActivateAsync(Instant at)
        {
            bank.Clock.Advance((at - bank.Now).ToTimeSpan() - TimeSpan.FromTicks(1));
            return (await bank.Get<ActivateEKlikUser>().RunAsync(Name, code, NewKey(), CancellationToken.None)).Error;
        }

        Assert.Equal(Duration.FromDays(7), row.Activation!.ExpiresAt - row.CreatedAt);
        Assert.IsType<ActivationCodeExpired>(await ActivateAsync(row.Activation.ExpiresAt));
        bank.Clock.Advance((row.MTokenCodes!.ExpiresAt - bank.Now).ToTimeSpan());
        Assert.IsType<ActivationCodeExpired>((await bank.Get<ActivateMToken>().RunAsync(
            new MTokenActivation(NewKey(), Name, codes.RegistrationCode, codes.ActivationCode, Pin), "/pin", CancellationToken.None)).Error);
        code = (await bank.Get<IssueActivationCode>().RunAsync("next", Name, CodeDelivery.Branch, Teller, CancellationToken.None)).Value!.Code!;
        Assert.Null(await ActivateAsync((await bank.RowAsync()).Activation!.ExpiresAt - Duration.FromTicks(3)));
    }

    [Fact]
    public async Task A_nobody_costs_what_a_user_costs_and_is_told_the_same()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(EKlikKind.Info);
        var costs = new List<(string, int, int)>();
        foreach (var name in (Serverless.Banking.Sessions.UserName[])[Name, Nobody])
        {
            // With the fifth, what follows the answer begins: a user is told of the block.
            for (var i = 0; i < 6; i++)
            {
                var (hashes, calls) = (bank.Work().Computations, bank.Storage.Calls.Count);
                var told = (await bank.SignInAsync("Dielli-2028", name: name)).Error!;
                costs.Add(($"{told}", bank.Work().Computations - hashes, i == 4 ? 0 : bank.Storage.Calls.Count - calls));
                await bank.SettleAsync();
            }

            for (var i = 0; i < 6; i++)
            {
                var calls = bank.Storage.Calls.Count;
                var told = (await bank.Get<ActivateMToken>().RunAsync(new MTokenActivation(NewKey(), name, "ABCDEFGH", "ABCDEFGH", Pin), "/pin", CancellationToken.None)).Error!;
                costs.Add(($"{told}", 0, bank.Storage.Calls.Count - calls));
            }
        }

        Assert.Equal(costs.Take(12), costs.Skip(12));
    }

    [Fact]
    public async Task Forty_guesses_at_once_on_two_instances_get_five_looks_also_at_nobody_and_a_token()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await using var other = bank.Restarted();
        await bank.AddUserAsync();
        await bank.AddMTokenAsync();
        TestBank Of(int i) => i % 2 == 0 ? bank : other;
        foreach (var name in (Serverless.Banking.Sessions.UserName[])[Nobody, Name])
        {
            var before = bank.Work().Computations + other.Work().Computations;
            var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Of(i).SignInAsync($"Guess-{i:D4}", name: name)));
            Assert.Equal(5, bank.Work().Computations + other.Work().Computations - before);
            Assert.Equal(4, answers.Count(answer => answer.Error is EKlikCredentialsInvalid));
        }

        var confirmed = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Of(i).Get<EKlikTable>().DecideAsync(
            Name, (row, now) => Of(i).Get<TokenOtps>().Take(row, "000000", null, now), CancellationToken.None)));
        Assert.Equal(4, confirmed.Count(answer => answer.Error is TokenOtpWrong));
        Assert.Equal(36, confirmed.Count(answer => answer.Error is TokenBlocked));
    }

    [Fact]
    public async Task A_code_a_link_and_a_one_time_password_tried_by_eight_at_once_let_one_in()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await using var other = bank.Restarted();
        TestBank Of(int i) => i % 2 == 0 ? bank : other;
        async Task<Result<T>> OneAsync<T>(Func<TestBank, Task<Result<T>>> act, Type refusal)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => act(Of(i))));
            Assert.All(answers.Where(answer => !answer.IsSuccess), answer => Assert.IsType(refusal, answer.Error));
            return Assert.Single(answers, answer => answer.IsSuccess);
        }

        await bank.SaveClientAsync();
        var code = await bank.CreateAsync();
        var activation = await OneAsync(one => one.Get<ActivateEKlikUser>().RunAsync(Name, code, NewKey(), CancellationToken.None), typeof(ActivationCodeUsed));
        await OneAsync(one => one.ChooseAsync(activation.Value!.Token), typeof(ActivationOver));
        var link = await bank.OpenedLinkAsync();
        await OneAsync(one => one.Get<ResetEKlikPassword>().RunAsync(link, NewKey(), Other, "/password", CancellationToken.None), typeof(ResetLinkUsed));
        var codes = (await bank.IssueMTokenAsync()).Value!;
        var activated = await OneAsync(
            one => one.Get<ActivateMToken>().RunAsync(new MTokenActivation(NewKey(), Name, codes.RegistrationCode, codes.ActivationCode, Pin), "/pin", CancellationToken.None),
            typeof(ActivationCodeUsed));
        var otp = EKlikClients.Otp(TokenOtps.WithPin(activated.Value!.Secret, Pin), bank.Clock.GetUtcNow());
        await OneAsync(one => one.Get<EKlikTable>().DecideAsync(Name, (row, now) => one.Get<TokenOtps>().Take(row, otp, null, now), CancellationToken.None), typeof(TokenOtpOld));
        await bank.AddHardwareTokenAsync();
        await OneAsync(one => one.SynchroniseAsync(NewKey().Value, 600), typeof(SynchronisationFailed));
    }

    [Fact]
    public async Task A_sign_in_that_a_block_overtakes_leaves_no_session()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(EKlikKind.Info);
        for (var round = 0; round < 8; round++)
        {
            await Task.WhenAll(
                Task.Run(() => bank.SignInAsync()),
                Task.Run(() => bank.Get<BlockEKlikUser>().RunAsync(new EKlikBlockOrder(Name, "questions", "asked"), Teller, CancellationToken.None)));
            Assert.Equal(0, await bank.SessionsAsync());
            await bank.Get<EKlikTable>().DecideAsync<bool>(Name, (row, _) => new(row with { Blocking = null, BlockedAt = null, PasswordTries = 0 }, true), CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_newer_request_for_a_link_is_not_undone_by_an_older_message_and_others_fields_bring_none()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(EKlikKind.Info);
        await bank.RequestAsync();
        await bank.RequestAsync();
        await bank.RequestAsync("other@example.com");
        var messages = bank.Get<WorkMessages>().Take<PasswordResetAsked>(WorkQueues.EKlikResets);
        Assert.All(messages, message => Assert.DoesNotContain(Person, message.Sealed, StringComparison.Ordinal));

        Assert.Equal(1, await SendAsync(1));
        var newer = await bank.LinkAsync();
        Assert.Equal((0, 0), (await SendAsync(0), await SendAsync(2)));
        Assert.Equal(1, await SendAsync(1));
        Assert.True((await bank.Get<OpenResetLink>().RunAsync(newer, CancellationToken.None)).IsSuccess);

        // Half an hour later nobody gets a link any more.
        await bank.RequestAsync();
        messages = bank.Get<WorkMessages>().Take<PasswordResetAsked>(WorkQueues.EKlikResets);
        bank.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, await SendAsync(0));

        Task<int> SendAsync(int which) => bank.Get<SendResetLink>().RunAsync(messages[which], CancellationToken.None);
    }

    [Fact]
    public async Task Nothing_of_a_PIN_is_kept_and_a_secret_opens_only_in_its_own_row()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync();
        var key = await bank.AddMTokenAsync();
        var row = await bank.RowAsync();
        var otps = bank.Get<TokenOtps>();

        Assert.Equal(key, otps.Open(row));
        Assert.DoesNotContain(Pin, Storage.StoredJson.Write(row), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(key), Storage.StoredJson.Write(row), StringComparison.OrdinalIgnoreCase);
        Assert.Throws<InvalidOperationException>(() => otps.Open(row with { Name = "besa" }));
    }
}
