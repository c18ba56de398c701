using Azure.Data.Tables;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Registrations;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Credentials.CredentialsScene;

namespace Serverless.Banking.Tests.Credentials;

public sealed class CredentialCrashTests
{
    private static readonly AuditActor Teller = AuditActor.Staff("teller-1");

    [Fact]
    public async Task A_registration_killed_at_any_storage_call_of_its_last_step_is_done_once_with_its_code_used_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<RegistrationId>(
            Arrange: ReadyAsync,
            Act: (bank, id) => bank.Get<CompleteRegistration>().RunAsync(id, Password, "/password", CancellationToken.None),
            Check: async (bank, _) =>
            {
                var user = await bank.Get<UserTable>().FindAsync(Arta, CancellationToken.None);
                var code = await bank.Get<UniqueCodeTable>().FindAsync(CredentialKeys.Partition(Arta), CancellationToken.None);
                return (user is not null, code!.State) switch
                {
                    (false, UniqueCodeState.Valid) => 0,
                    (true, UniqueCodeState.Used) => await ToldAsync(bank, NoticeKind.RegistrationCompleted),
                    _ => -1,
                };
            })
        { Services = AddTo, Heal = SweepAsync }), 8, 30);

    [Fact]
    public async Task A_change_of_password_killed_at_any_storage_call_is_done_once_or_not_at_all() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<UniqueCodeId>(
            Arrange: async bank =>
            {
                await bank.AddUserAsync(Arta);
                await bank.Get<OpenSession>().RunAsync(Browser, CancellationToken.None);
                var code = await IssueAsync(bank);
                return (await bank.Get<CheckUniqueCode>().RunAsync(Arta, code, CancellationToken.None)).Value;
            },
            Act: (bank, code) => bank.Get<SetPassword>().RunAsync(
                new PasswordChange(Arta, "Other2026x", "/password", PasswordChangeReason.Recovered, "order", AuditActor.Customer(Arta), Using: code), CancellationToken.None),
            Check: async (bank, _) =>
            {
                var user = await bank.Get<UserTable>().FindAsync(Arta, CancellationToken.None);
                var code = await bank.Get<UniqueCodeTable>().FindAsync(CredentialKeys.Partition(Arta), CancellationToken.None);
                var isNew = await bank.Get<IPasswordWork>().CompareAsync(user!.Password, "Other2026x", CancellationToken.None);
                return (isNew.Value, user.Former.Count, code!.State) switch
                {
                    (PasswordMatch.No, 0, UniqueCodeState.Valid) => 0,
                    (PasswordMatch.Yes, 1, UniqueCodeState.Used) when await IsOverAsync(bank) => await ToldAsync(bank, NoticeKind.PasswordChanged),
                    _ => -1,
                };
            })
        { Services = AddTo, Heal = SweepAsync }), 8, 30);

    [Fact]
    public async Task Of_two_registrations_at_once_one_is_done_and_a_used_code_says_so()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        var code = await ReadyClientAsync(bank);
        var (first, second) = (await ReadyAsync(bank, code), await ReadyAsync(bank, code));

        var answers = await Task.WhenAll(
            bank.Get<CompleteRegistration>().RunAsync(first, Password, "/password", CancellationToken.None),
            bank.Get<CompleteRegistration>().RunAsync(second, Password, "/password", CancellationToken.None));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.IsType<AlreadyRegistered>(answers.Single(answer => !answer.IsSuccess).Error);
        Assert.IsType<CodeUsed>((await bank.Get<CheckUniqueCode>().RunAsync(Arta, code, CancellationToken.None)).Error);
        bank.Clock.Advance(TimeSpan.FromHours(1));
        var late = await IssueAsync(bank, "later");
        bank.Clock.Advance(TimeSpan.FromHours(72));
        Assert.IsType<CodeExpired>((await bank.Get<CheckUniqueCode>().RunAsync(Arta, late, CancellationToken.None)).Error);
    }

    [Fact]
    public async Task The_last_five_passwords_are_kept_refused_anew_and_known_again_and_the_sixth_is_forgotten()
    {
        await using var bank = await TestBank.StartInMemoryAsync(AddTo);
        await bank.AddUserAsync(Arta, "Vera2026a");
        foreach (var letter in "bcdef")
            Assert.True((await SetAsync(bank, $"Vera2026{letter}")).IsSuccess);

        foreach (var letter in "bcdef")
        {
            Assert.IsType<PasswordReused>((await bank.Get<SetPassword>().RunAsync(Change($"Vera2026{letter}", $"again {letter}"), CancellationToken.None)).Error);
            Assert.Equal(Arta, (await bank.Get<CheckFormerPassword>().RunAsync(LoginIdentifier.Of(Arta), $"Vera2026{letter}", CancellationToken.None)).Value);
        }

        Assert.IsType<PasswordNotInLastFive>((await bank.Get<CheckFormerPassword>().RunAsync(LoginIdentifier.Of(Arta), "Vera2026a", CancellationToken.None)).Error);
        Assert.True((await SetAsync(bank, "Vera2026a")).IsSuccess);
        Assert.IsType<IdempotencyKeyReused>((await bank.Get<SetPassword>().RunAsync(Change("Vera2026z", "Vera2026a"), CancellationToken.None)).Error);
        var row = await bank.Get<UserTable>().FindAsync(Arta, CancellationToken.None);
        Assert.Equal(5, row!.LastFive.Distinct().Count());
        Assert.All(row.LastFive, hash => Assert.DoesNotContain("Vera", hash, StringComparison.Ordinal));
    }

    private static SessionStart Browser { get; } = new(
        Arta, null, SessionChannel.Web, InstallationId.Of("browser-0000000001"), null, DeviceTrusted: false, SessionScope.Full, ["pwd", "otp"], MayPay: true, "login 1");

    /// <summary>The timer, and nobody who comes again.</summary>
    private static Task SweepAsync<T>(TestBank bank, T state) => bank.Get<SweepOutbox>().RunAsync(CancellationToken.None);

    /// <summary>Whoever was signed in with the old password is out: no session is open.</summary>
    private static async Task<bool> IsOverAsync(TestBank bank) =>
        (await bank.Get<SessionTable>().ReadAsync(Arta, CancellationToken.None)).Sessions.All(session => session.ToSession().Ending == SessionEnding.PasswordChanged);

    /// <summary>One when the customer is told by both ways, each once, and nothing waits to be followed; killed or not, asked again or not.</summary>
    private static async Task<int> ToldAsync(TestBank bank, NoticeKind kind)
    {
        List<string> told = [];
        await foreach (var row in bank.Get<BankTables>().Open(NoticeKeys.Table).QueryAsync<TableEntity>(""))
        {
            if (row.GetString("Kind") == kind.ToString())
                told.Add(row.GetString("Channel")!);
        }

        var day = bank.Now.InUtc().Date;
        var action = kind == NoticeKind.PasswordChanged ? "password_recovered" : "customer_registered";
        var trail = await bank.Get<ListAudit>().RunAsync(new AuditFilter(day.PlusDays(-1), day.PlusDays(1), Action: action), PageRequest.First, CancellationToken.None);
        var waiting = 0;
        await foreach (var row in bank.Get<BankTables>().Open(CredentialKeys.Table).QueryAsync<TableEntity>(""))
            waiting += row.RowKey.StartsWith("outbox|", StringComparison.Ordinal) ? 1 : 0;
        return (string.Join(' ', told.Order(StringComparer.Ordinal)), trail.Items.Count, waiting) == ("Push Sms", 1, 0) ? 1 : -1;
    }

    private static Task<Result<User>> SetAsync(TestBank bank, string password) => bank.Get<SetPassword>().RunAsync(Change(password, password), CancellationToken.None);

    private static PasswordChange Change(string password, string order) =>
        new(Arta, password, "/password", PasswordChangeReason.Changed, order, AuditActor.Customer(Arta));

    private static async Task<RegistrationId> ReadyAsync(TestBank bank) => await ReadyAsync(bank, await ReadyClientAsync(bank));

    private static async Task<string> ReadyClientAsync(TestBank bank)
    {
        await bank.SaveContactAsync(Arta);
        await bank.Get<SaveServicesContract>().RunAsync(new ServicesContract(Arta, new NodaTime.LocalDate(2026, 1, 5), true), Teller, CancellationToken.None);
        return await IssueAsync(bank);
    }

    /// <summary>A registration that needs nothing but its password.</summary>
    private static async Task<RegistrationId> ReadyAsync(TestBank bank, string code)
    {
        var id = (await bank.Get<StartRegistration>().RunAsync(RegistrationPath.ExistingClient, true, CancellationToken.None)).Value!.Id;
        Assert.True((await bank.Get<IdentifyClient>().RunAsync(id, LoginIdentifier.Of(Arta), CancellationToken.None)).IsSuccess);
        Assert.True((await bank.Get<ProveByUniqueCode>().RunAsync(id, code, CancellationToken.None)).IsSuccess);
        Assert.True((await bank.Get<CheckRegistrationCode>().RunAsync(id, await bank.CodeAsync(), CancellationToken.None)).IsSuccess);
        return id;
    }

    private static async Task<string> IssueAsync(TestBank bank, string key = "key") =>
        (await bank.Get<IssueUniqueCode>().RunAsync(new UniqueCodeOrder(key, Arta, "TIA-01", true), Teller, CancellationToken.None)).Value!.Code;
}
