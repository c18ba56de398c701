using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Serverless.Banking.Health;
using Serverless.Banking.Receipts;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Health;

public sealed class ReadinessTests
{
    private static readonly string Pem = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem();
    private static readonly string Sealing = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public async Task What_does_not_answer_in_its_own_time_is_named_and_holds_up_nothing_else()
    {
        var clock = new HandClock();
        var (quick, slow, hangs) = (new HandCheck("quick", 9), new HandCheck("slow", 5), new HandCheck("hangs", 2, hearsNothing: true));
        var check = Check(clock, hangs, quick, slow);

        var asked = check.RunAsync();
        quick.Answer.SetResult(true);
        clock.Advance(TimeSpan.FromSeconds(3));
        slow.Answer.SetResult(true);
        var readiness = await asked;

        Assert.Equal("hangs TimedOut, quick Ready, slow Ready", Told(readiness));
        Assert.False(readiness.IsReady);
    }

    [Fact]
    public async Task What_throws_or_is_not_as_it_has_to_be_has_failed()
    {
        var (wrong, throws) = (new HandCheck("wrong", 1), new HandCheck("throws", 1));
        wrong.Answer.SetResult(false);
        throws.Answer.SetException(new InvalidOperationException("unreachable"));

        Assert.Equal("throws Failed, wrong Failed", Told(await Check(new HandClock(), wrong, throws).RunAsync()));
    }

    [Fact]
    public async Task A_flood_of_probes_costs_what_one_does()
    {
        var clock = new HandClock();
        var only = new HandCheck("only", 5);
        var check = Check(clock, only);

        var first = Enumerable.Range(0, 100).Select(_ => check.RunAsync()).ToArray();
        only.Answer.SetResult(true);
        Assert.All(await Task.WhenAll(first), readiness => Assert.True(readiness.IsReady));
        await check.RunAsync();
        Assert.Equal(1, only.Looks);

        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(check.RunAsync(), check.RunAsync());
        Assert.Equal(2, only.Looks);
    }

    [Fact]
    public async Task Tables_that_throttle_fail_and_a_clock_that_is_not_storages_does()
    {
        await using var bank = await TestBank.StartAsync();
        var tables = bank.Get<BankTables>();

        Assert.True(await new TablesCheck(tables, Of(new HealthOptions())).IsReadyAsync(CancellationToken.None));
        Assert.True(await new ClockCheck(tables, Of(new HealthOptions()), TimeProvider.System).IsReadyAsync(CancellationToken.None));
        // The tests' clock stands in the past, storage's does not.
        Assert.False(await new ClockCheck(tables, Of(new HealthOptions()), bank.Clock).IsReadyAsync(CancellationToken.None));
        Assert.False(await new ClockCheck(tables, Of(new HealthOptions()), new TestClock(DateTimeOffset.UtcNow.AddMinutes(2))).IsReadyAsync(CancellationToken.None));
        Assert.True(await new ClockCheck(tables, Of(new HealthOptions { ClockTolerance = TimeSpan.FromDays(3650) }), bank.Clock).IsReadyAsync(CancellationToken.None));

        bank.Storage.Break(_ => StorageFault.ServerBusy);
        Assert.Equal("tables Failed", Told(await Check(new HandClock(), new TablesCheck(tables, Of(new HealthOptions()))).RunAsync()));
    }

    [Fact]
    public async Task A_key_that_cannot_sign_or_seal_is_a_missing_key()
    {
        Assert.Equal("keys Ready", await KeysAsync(Pem, Pem, Sealing));
        Assert.Equal("keys Failed", await KeysAsync("@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/sessions)", Pem, Sealing));
        Assert.Equal("keys Failed", await KeysAsync(Pem, ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportSubjectPublicKeyInfoPem(), Sealing));
        Assert.Equal("keys Failed", await KeysAsync(Pem, Pem, ""));
        Assert.Equal("keys Failed", await KeysAsync(Pem, Pem, Convert.ToBase64String(new byte[5])));
    }

    private static async Task<string> KeysAsync(string sessions, string receipts, string sealing)
    {
        var keys = new KeysCheck(
            new SessionKeys(Of(new SessionsOptions { SigningKey = sessions })), new ReceiptKeys(Of(new ReceiptsOptions { SigningKey = receipts })),
            [new SealingKey(() => Sealing), new SealingKey(() => sealing)], Of(new HealthOptions()));
        return Told(await Check(new HandClock(), keys).RunAsync());
    }

    private static CheckReadiness Check(TimeProvider clock, params IReadinessCheck[] checks) =>
        new(checks, Of(new HealthOptions()), clock, NullLogger<CheckReadiness>.Instance);

    private static IOptions<T> Of<T>(T options) where T : class => Options.Create(options);

    private static string Told(Readiness readiness) => string.Join(", ", readiness.Parts.Select(part => $"{part.Name} {part.State}"));

    private sealed class HandCheck(string name, int seconds, bool hearsNothing = false) : IReadinessCheck
    {
        public TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Looks { get; private set; }

        public string Name => name;

        public TimeSpan TimeOut => TimeSpan.FromSeconds(seconds);

        public Task<bool> IsReadyAsync(CancellationToken cancellation)
        {
            Looks++;
            return hearsNothing ? Answer.Task : Answer.Task.WaitAsync(cancellation);
        }
    }
}
