using Serverless.Banking.EKlik;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;
using static Serverless.Banking.Tests.EKlik.EKlikScene;

namespace Serverless.Banking.Tests.EKlik;

/// <summary>
/// Killed at every storage call, what is done about a user of eKlik is done once or not at all; and what follows it (messages, trail, the end of sessions) is done by the
/// sweep of the outbox, though no client ever comes again.
/// </summary>
public sealed class EKlikCrashTests
{
    private static readonly IdempotencyKey Key = IdempotencyKey.Find("the-clients-key-0001")!.Value;

    [Fact]
    public async Task A_user_comes_to_be_once_with_one_code_and_in_the_customers_list() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: async bank =>
            {
                await bank.SaveClientAsync();
                return default;
            },
            Act: (bank, _) => bank.Get<CreateEKlikUser>().RunAsync(new EKlikAgreement("order", Arta, Name, EKlikKind.Info, CodeDelivery.Sms), Teller, CancellationToken.None),
            Check: async (bank, _) => ((await bank.Get<ListEKlikUsers>().RunAsync(Arta, CancellationToken.None)).Count, await bank.FollowedAsync(NoticeKind.EKlikActivationCode, "")) switch
            {
                (0, (0, _, 0)) => 0,
                (1, (1, _, 0)) => 1,
                _ => -1,
            })
        {
            Services = AddTo,
            Heal = (bank, _) => bank.SweepOutboxAsync(),
            MayLeave = [new LeftRows("EKlik customer/arta", 1, "a name in the list without a user is passed over")],
        }), 5, 25);

    [Fact]
    public async Task Another_code_takes_the_place_of_the_first_and_is_sent_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.SaveClientAsync();
                await bank.CreateAsync();
                return (await bank.RowAsync()).Activation!.Hash;
            },
            Act: async (bank, _) => Assert.Null((await bank.Get<IssueActivationCode>().RunAsync("again", Name, CodeDelivery.Sms, Teller, CancellationToken.None)).Value!.Code),
            Check: async (bank, first) => ((await bank.RowAsync()).Activation!.Hash == first, await bank.FollowedAsync(NoticeKind.EKlikActivationCode, "")) switch
            {
                (true, (0, _, 0)) => 0,
                (false, (1, _, 0)) => 1,
                _ => -1,
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync() }), 5, 20);

    [Fact]
    public async Task A_code_is_used_once_and_the_repeat_has_the_same_answer() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.SaveClientAsync();
                return await bank.CreateAsync();
            },
            Act: async (bank, code) => Assert.True((await bank.Get<ActivateEKlikUser>().RunAsync(Name, code, Key, CancellationToken.None)).IsSuccess),
            Check: async (bank, code) =>
            {
                var row = await bank.RowAsync();
                var other = await bank.Get<ActivateEKlikUser>().RunAsync(Name, code, NewKey(), CancellationToken.None);
                return (row.Grant, row.Activation!.UsedBy) switch
                {
                    (null, null) when other.IsSuccess => 0,
                    ({ }, { }) when other.Error is ActivationCodeUsed => 1,
                    _ => -1,
                };
            })
        { LooksByActing = true, Services = AddTo }), 2, 6);

    [Fact]
    public async Task A_first_password_is_set_once_and_its_user_is_signed_in_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.SaveClientAsync();
                return (await bank.Get<ActivateEKlikUser>().RunAsync(Name, await bank.CreateAsync(), NewKey(), CancellationToken.None)).Value!.Token;
            },
            Act: async (bank, token) => Assert.True((await bank.ChooseAsync(token, Key)).IsSuccess),
            Check: async (bank, _) =>
            {
                var row = await bank.RowAsync();
                return (row.Password, row.Grant, await bank.SessionsAsync(), await bank.FollowedAsync(NoticeKind.EKlikPasswordSet, "eklik_activated")) switch
                {
                    (null, { }, 0, (0, 0, 0)) => 0,
                    ({ }, null, 0 or 1, (2, 1, 0)) => 1,
                    _ => -1,
                };
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync(), MayLeave = [new LeftRows("Sessions */session", 1, "a session whose tokens nobody has heard of", Fewer: 1)] }), 8, 30);

    [Fact]
    public async Task A_link_sets_a_password_once_and_the_sessions_before_it_end_and_the_customer_is_told() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(EKlikKind.Info);
                return await bank.OpenedLinkAsync();
            },
            Act: async (bank, link) =>
            {
                bank.Clock.Advance(TimeSpan.FromSeconds(1));
                Assert.True((await bank.Get<ResetEKlikPassword>().RunAsync(link, Key, Other, "/password", CancellationToken.None)).IsSuccess);
            },
            Check: async (bank, link) =>
            {
                var (followed, ending) = (await bank.FollowedAsync(NoticeKind.EKlikPasswordSet, "eklik_password_reset"), await bank.EndingAsync());
                var (isUsed, isNew) = ((await bank.RowAsync()).Reset!.IsUsed, (await bank.SignInAsync(Other)).IsSuccess);
                var second = (await bank.Get<ResetEKlikPassword>().RunAsync(link, NewKey(), "Third!2029", "/password", CancellationToken.None)).Error;

                // Two of the notices are of the first password.
                return (isUsed, isNew, second, followed, ending) switch
                {
                    (false, false, _, (2, 0, 0), null) => 0,
                    (true, true, ResetLinkUsed, (4, 1, 0), SessionEnding.PasswordChanged) => 1,
                    _ => -1,
                };
            })
        { LooksByActing = true, Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync(), MayLeave = [new LeftRows("Sessions */session", 2, "who looks signs in", Fewer: 1)] }), 8, 30);

    [Fact]
    public async Task Asking_for_a_link_is_handed_over_before_the_answer_and_its_message_may_come_again_at_any_moment() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<PasswordResetAsked>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(EKlikKind.Info);
                Assert.True((await bank.RequestAsync()).IsSuccess);
                return bank.Get<WorkMessages>().Take<PasswordResetAsked>(WorkQueues.EKlikResets)[^1];
            },
            Act: (bank, message) => bank.Get<SendResetLink>().RunAsync(message, CancellationToken.None),
            Check: async (bank, _) => (await bank.RowAsync()).Reset is null ? 0 : 1)
        { Services = AddTo }), 5, 15);

    [Fact]
    public async Task A_block_ends_sessions_links_and_activations_and_is_told_of() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(EKlikKind.Info);
                return await bank.OpenedLinkAsync();
            },
            Act: (bank, _) => bank.Get<BlockEKlikUser>().RunAsync(new EKlikBlockOrder(Name, "questions", "asked"), Teller, CancellationToken.None),
            Check: async (bank, link) => (
                (await bank.RowAsync()).Blocking, await bank.FollowedAsync(NoticeKind.EKlikBlocked, "eklik_blocked"), await bank.EndingAsync(),
                (await bank.Get<OpenResetLink>().RunAsync(link, CancellationToken.None)).Error, (await bank.SignInAsync()).Error) switch
            {
                (null, (0, 0, 0), null, null, null) => 0,
                (EKlikBlocking.Requested, (2, 1, 0), SessionEnding.LockedByStaff, EKlikUserBlocked, EKlikUserBlocked) => 1,
                _ => -1,
            })
        {
            Services = AddTo,
            Heal = (bank, _) => bank.SweepOutboxAsync(),
            MayLeave = [new LeftRows("Sessions */session", 1, "who looks signs in", Fewer: 1)],
        }), 6, 25);

    [Fact]
    public async Task The_wrong_password_that_blocks_is_told_of() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(EKlikKind.Info);
                for (var i = 0; i < 4; i++)
                    Assert.IsType<EKlikCredentialsInvalid>((await bank.SignInAsync(Other)).Error);
                return default;
            },
            Act: async (bank, _) => Assert.IsType<EKlikUserBlocked>((await bank.SignInAsync(Other)).Error),
            Check: async (bank, _) => ((await bank.RowAsync()).Blocking, await bank.FollowedAsync(NoticeKind.EKlikBlocked, "")) switch
            {
                (null, (0, _, 0)) => 0,
                (EKlikBlocking.WrongPasswords, (2, _, 0)) => 1,
                _ => -1,
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync() }), 6, 20);

    [Fact]
    public async Task A_right_password_at_the_last_try_takes_the_block_back_before_anybody_is_told()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(EKlikKind.Info);
        for (var i = 0; i < 4; i++)
            Assert.IsType<EKlikCredentialsInvalid>((await bank.SignInAsync(Other)).Error);
        Assert.True((await bank.SignInAsync()).IsSuccess);
        await bank.SettleAsync();
        Assert.Equal((0, 0), ((await bank.FollowedAsync(NoticeKind.EKlikBlocked, "")).Told, (await bank.FollowedAsync(NoticeKind.EKlikBlocked, "")).Left));
    }

    [Fact]
    public async Task An_mToken_is_activated_once_and_its_phone_hears_the_same_secret_again() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(MTokenCodes Codes, List<string> Secrets)>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync();
                return ((await bank.IssueMTokenAsync()).Value!, []);
            },
            Act: async (bank, state) => state.Secrets.Add(Convert.ToHexString((await bank.Get<ActivateMToken>().RunAsync(
                new MTokenActivation(Key, Name, state.Codes.RegistrationCode, state.Codes.ActivationCode, Pin), "/pin", CancellationToken.None)).Value!.Secret)),
            Check: async (bank, state) =>
            {
                Assert.True(state.Secrets.Distinct().Count() <= 1);
                var isActive = (await bank.RowAsync()) is not { Token: null, MTokenCodes.UsedBy: null };

                // Two of the notices are of the codes.
                Assert.Equal(isActive ? (4, 1, 0) : (2, 0, 0), await bank.FollowedAsync(NoticeKind.EKlikTokenChanged, "eklik_mtoken_activated"));
                return !isActive ? 0
                    : state.Secrets.Count == 0 || (await bank.SignInAsync(otp: EKlikClients.Otp(EKlikClients.Key(state.Secrets[0], Pin), bank.Clock.GetUtcNow()))).IsSuccess ? 1 : -1;
            })
        {
            Services = AddTo,
            Heal = (bank, _) => bank.SweepOutboxAsync(),
            MayLeave = [new LeftRows("Sessions */session", 1, "who looks signs in", Fewer: 1)],
        }), 5, 20);

    [Fact]
    public async Task New_codes_for_an_mToken_stop_the_old_one_and_are_the_same_when_asked_for_again() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<List<MTokenCodes>>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync();
                await bank.AddMTokenAsync();
                return [];
            },
            Act: async (bank, heard) => heard.Add((await bank.IssueMTokenAsync("second")).Value!),
            Check: async (bank, heard) =>
            {
                Assert.True(heard.Distinct().Count() <= 1);
                return (await bank.RowAsync(), await bank.FollowedAsync(NoticeKind.EKlikTokenChanged, "")) switch
                {
                    ({ Token: { }, Orders.Count: 2 }, (4, _, 0)) => 0,
                    ({ Token: null, Orders.Count: 3 }, (6, _, 0)) => 1,
                    _ => -1,
                };
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync() }), 5, 20);

    [Fact]
    public async Task A_token_is_synchronised_once_however_often_its_order_is_repeated() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync();
                await bank.AddHardwareTokenAsync();
                return default;
            },
            Act: async (bank, _) => Assert.True((await bank.Get<SynchroniseHardwareToken>().RunAsync(
                new TokenSynchronisation("order", Serial, At(3600), At(3630)), Teller, CancellationToken.None)).IsSuccess),
            Check: async (bank, _) => ((await bank.RowAsync()).Token!.Drift, await bank.FollowedAsync(NoticeKind.EKlikTokenChanged, "eklik_token_synchronised")) switch
            {
                (0, (2, 0, 0)) => 0,
                ( > 100, (2, 1, 0)) => 1,
                _ => -1,
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync() }), 5, 20);

    [Fact]
    public async Task A_hardware_token_comes_to_its_user_once() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Nothing>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync();
                Assert.True((await bank.Get<RegisterHardwareToken>().RunAsync(new HardwareTokenSeed(Serial, OtpAlgorithm.Sha1, HardwareSecret), Teller, CancellationToken.None)).Value);
                return default;
            },
            Act: (bank, _) => bank.Get<AssignHardwareToken>().RunAsync(Name, Serial, true, Teller, CancellationToken.None),
            Check: async (bank, _) => ((await bank.RowAsync()).Token, await bank.FollowedAsync(NoticeKind.EKlikTokenChanged, "")) switch
            {
                (null, (0, _, 0)) => 0,
                ({ }, (2, _, 0)) => 1,
                _ => -1,
            })
        { Services = AddTo, Heal = (bank, _) => bank.SweepOutboxAsync() }), 6, 25);

    /// <summary>By the clock at which every scene begins.</summary>
    private static string At(int seconds) => EKlikClients.Otp(HardwareSecret, new TestClock().GetUtcNow().AddSeconds(seconds), OtpAlgorithm.Sha1);
}
