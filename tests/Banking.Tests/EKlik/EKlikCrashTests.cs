using NodaTime;
using Serverless.Banking.EKlik;
using Serverless.Banking.Messages;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;
using static Serverless.Banking.Tests.EKlik.EKlikScene;

namespace Serverless.Banking.Tests.EKlik;

/// <summary>Killed at every storage call, what is done about a user of eKlik is done once or not at all, and its repeat completes it.</summary>
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
            Check: async (bank, _) => (await bank.Get<ListEKlikUsers>().RunAsync(Arta, CancellationToken.None)).Count)
        {
            Services = AddTo,
            MayLeave = [new LeftRows("EKlik customer/arta", 1, "a name in the list without a user is passed over")],
        }), 5, 25);

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
        { Services = AddTo }), 2, 6);

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
                return (row.Password, row.Grant, await bank.SessionsAsync()) switch
                {
                    (null, { }, 0) => 0,
                    ({ }, null, 0 or 1) => 1,
                    _ => -1,
                };
            })
        { Services = AddTo, MayLeave = [new LeftRows("Sessions */session", 1, "a session whose tokens nobody has heard of", Fewer: 1)] }), 8, 30);

    [Fact]
    public async Task A_link_sets_a_password_once_and_the_sessions_before_it_end() =>
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
                var (isUsed, isNew) = ((await bank.RowAsync()).Reset!.IsUsed, (await bank.SignInAsync(Other)).IsSuccess);
                var second = (await bank.Get<ResetEKlikPassword>().RunAsync(link, NewKey(), "Third!2029", "/password", CancellationToken.None)).Error;
                return (isUsed, isNew, second) switch
                {
                    (false, false, _) => 0,
                    (true, true, ResetLinkUsed) => 1,
                    _ => -1,
                };
            })
        { Services = AddTo, MayLeave = [new LeftRows("Sessions */session", 2, "who looks signs in", Fewer: 1)] }), 8, 30);

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
    public async Task A_block_ends_sessions_links_and_activations_whole_when_it_is_repeated() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(EKlikKind.Info);
                return await bank.OpenedLinkAsync();
            },
            Act: (bank, _) => bank.Get<BlockEKlikUser>().RunAsync(new EKlikBlockOrder(Name, "questions", "asked"), Teller, CancellationToken.None),
            Check: async (bank, link) => (
                (await bank.RowAsync()).Blocking, (await bank.Get<OpenResetLink>().RunAsync(link, CancellationToken.None)).Error, (await bank.SignInAsync()).Error) switch
            {
                (null, null, null) => 0,
                (EKlikBlocking.Requested, EKlikUserBlocked, EKlikUserBlocked) => 1,
                _ => -1,
            })
        { Services = AddTo, MayLeave = [new LeftRows("Sessions */session", 1, "who looks signs in", Fewer: 1)] }), 6, 25);

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
                return (await bank.RowAsync()) is { Token: null, MTokenCodes.UsedBy: null } ? 0
                    : state.Secrets.Count == 0 || (await bank.SignInAsync(otp: EKlikClients.Otp(EKlikClients.Key(state.Secrets[0], Pin), bank.Clock.GetUtcNow()))).IsSuccess ? 1 : -1;
            })
        { Services = AddTo, MayLeave = [new LeftRows("Sessions */session", 1, "who looks signs in", Fewer: 1)] }), 5, 15);

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
                return (await bank.RowAsync()) switch
                {
                    { Token: { }, Orders.Count: 2 } => 0,
                    { Token: null, Orders.Count: 3 } => 1,
                    _ => -1,
                };
            })
        { Services = AddTo }), 5, 15);

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
            Check: async (bank, _) => (await bank.RowAsync()).Token!.Drift switch
            {
                0 => 0,
                > 100 => 1,
                _ => -1,
            })
        { Services = AddTo }), 5, 15);

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
            Check: async (bank, _) => (await bank.RowAsync()).Token is null ? 0 : 1)
        { Services = AddTo }), 6, 20);

    /// <summary>By the clock at which every scene begins.</summary>
    private static string At(int seconds) => EKlikClients.Otp(HardwareSecret, new TestClock().GetUtcNow().AddSeconds(seconds), OtpAlgorithm.Sha1);
}
