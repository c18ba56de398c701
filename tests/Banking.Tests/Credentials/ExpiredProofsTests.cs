using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
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
