using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Banking.Recoveries;
using Serverless.Banking.Registrations;
using Serverless.Banking.Sessions;
using Serverless.Banking.Tests.Devices;
using Serverless.Testing;
using static Serverless.Banking.Tests.Credentials.CredentialsScene;

namespace Serverless.Banking.Tests.Credentials;

/// <summary>Logins, codes, registrations and recoveries are erased a day after they have expired, and nothing else is.</summary>
public sealed class ExpiredProofsTests
{
    private static readonly string[] Tables = [LoginChallengeTable.Name, OneTimeCodeTable.Name, RegistrationSteps.Table, RecoverySteps.Table];

    [Fact]
    public async Task They_are_erased_when_they_are_due_also_days_late_and_by_two_timers_at_once()
    {
        await using var bank = await BankAsync();
        await BeginAsync(bank);
        Assert.Equal("1 1 1 1", await CountAsync(bank));

        // The day is not over, then it is kept for a day.
        Assert.Equal(0, await EraseAsync(bank));
        bank.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(0, await EraseAsync(bank));
        Assert.Equal("1 1 1 1", await CountAsync(bank));

        // Of a week in which no timer ran nothing is left, and what has just begun stays.
        bank.Clock.Advance(TimeSpan.FromDays(7));
        await BeginAsync(bank, "login 2");
        Assert.Equal(4, (await Task.WhenAll(EraseAsync(bank), EraseAsync(bank.Restarted()))).Sum());
        Assert.Equal("1 1 1 1", await CountAsync(bank));
        Assert.Equal(4, await DeviceScene.CountAsync(bank, ExpiredProofs.Name, ""));
        Assert.Equal(0, await EraseAsync(bank));
    }

    [Fact]
    public async Task What_was_counted_about_nobody_is_erased_a_year_after_the_last_try_and_a_customers_counters_stay()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services =>
        {
            AddTo(services);
            services.AddEKlik();
        });
        await bank.AddUserAsync(Arta);
        string[] persons = ["J50101019K", "J50101029K"];
        LoginIdentifier[] identifiers = [LoginIdentifier.Of(Arta), .. persons.Select(person => LoginIdentifier.Parse(person, "identifier").Value!)];
        var names = new[] { "first", "second" }.Select(name => UserName.Find(name)!.Value).ToArray();
        foreach (var identifier in identifiers)
            Assert.False((await bank.Get<VerifyPassword>().RunAsync(identifier, "Wrong-2027", CancellationToken.None)).IsSuccess);
        foreach (var name in names)
            await TryAsync(name);
        Assert.Equal("3 2", await CountersAsync());

        // Somebody tries one of each again.
        bank.Clock.Advance(TimeSpan.FromDays(300));
        Assert.False((await bank.Get<VerifyPassword>().RunAsync(identifiers[^1], "Wrong-2027", CancellationToken.None)).IsSuccess);
        await TryAsync(names[^1]);
        bank.Clock.Advance(TimeSpan.FromDays(65));
        Assert.Equal(0, await EraseAsync(bank));
        bank.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(2, (await Task.WhenAll(EraseAsync(bank), EraseAsync(bank.Restarted()))).Sum());
        Assert.Equal("2 1", await CountersAsync());
        bank.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(2, await EraseAsync(bank));
        Assert.Equal("1 0", await CountersAsync());

        Task TryAsync(UserName name) => bank.Get<ActivateEKlikUser>().RunAsync(name, "ABCDEFGH", IdempotencyKey.Of("the-same-key-for-all"), CancellationToken.None);

        async Task<string> CountersAsync() =>
            $"{await DeviceScene.CountAsync(bank, CredentialKeys.Table, $"RowKey eq '{CredentialKeys.Lockout}'")} {await DeviceScene.CountAsync(bank, EKlikTable.Name, "")}";
    }

    /// <summary>A code that is sent again for the same thing lives on; the look that was planned for the first one is planned anew.</summary>
    [Fact]
    public async Task A_code_that_was_sent_again_meanwhile_is_kept()
    {
        await using var bank = await BankAsync();
        await bank.SaveContactAsync(Arta);
        await SendAsync(bank, "thing");
        bank.Clock.Advance(TimeSpan.FromDays(2));
        await SendAsync(bank, "thing");
        var code = await bank.CodeAsync();

        Assert.Equal(0, await EraseAsync(bank));

        Assert.True((await bank.Get<CheckOneTimeCode>().RunAsync(OneTimeCodePurpose.Login, "thing", code, CancellationToken.None)).IsSuccess);
        bank.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(1, await EraseAsync(bank));
        Assert.Equal(0, await DeviceScene.CountAsync(bank, ExpiredProofs.Name, ""));
    }

    [Fact]
    [ProvesCrashSafety(typeof(EraseExpiredProofs))]
    public Task Erasing_killed_at_any_storage_call_is_finished_by_the_next_run() => CrashHarness.ForEveryStorageCallAsync(new CrashScenario<object>(
        Arrange: async bank =>
        {
            await BeginAsync(bank);
            bank.Clock.Advance(TimeSpan.FromDays(3));
            return new object();
        },
        Act: (bank, _) => EraseAsync(bank),
        Check: async (bank, _) => await CountAsync(bank) == "0 0 0 0" && await DeviceScene.CountAsync(bank, ExpiredProofs.Name, "") == 0 ? 1 : 0)
    {
        Services = AddTo,
    });

    private static void AddTo(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
    {
        CredentialsScene.AddTo(services);
        services.AddRecoveries();
    }

    private static Task<TestBank> BankAsync() => TestBank.StartInMemoryAsync(AddTo);

    private static async Task BeginAsync(TestBank bank, string binding = "login 1")
    {
        await bank.SaveContactAsync(Arta);
        await bank.Get<LoginChallengeTable>().AddAsync(
            new LoginChallenge(
                new LoginChallengeId(Guid.NewGuid()), Arta, SessionChannel.Web, SessionScope.Full, new Installation(InstallationId.Of("browser-0000000001"), "Firefox", InstallationType.Web, null),
                ["pwd"], null, null, bank.Now + Duration.FromMinutes(10)),
            CancellationToken.None);
        await SendAsync(bank, binding);
        await bank.Get<StartRegistration>().RunAsync(RegistrationPath.ExistingClient, true, CancellationToken.None);
        await bank.Get<StartRecovery>().RunAsync(LoginIdentifier.Of(Arta), CancellationToken.None);
    }

    private static async Task SendAsync(TestBank bank, string binding)
    {
        var sent = await bank.Get<SendOneTimeCode>().RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Login, binding, Arta), CancellationToken.None);
        Assert.True(sent.IsSuccess);
    }

    private static Task<int> EraseAsync(TestBank bank) => bank.Get<EraseExpiredProofs>().RunAsync(bank.Now, CancellationToken.None);

    private static async Task<string> CountAsync(TestBank bank) => string.Join(' ', await Task.WhenAll(Tables.Select(table => DeviceScene.CountAsync(bank, table, ""))));
}
