using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Serverless.Banking.Health;
using Serverless.Banking.Storage;
using Serverless.Functions.Health;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task The_app_starts_from_its_own_Program_and_is_ready()
    {
        await using var bank = await HttpBank.StartAsync(options => options.Settings["Health__ClockTolerance"] = "00:00:30", makesAllTables: true);

        Assert.Equal("""200 {"status":"ready"}""", (await bank.CallAsync("GET", "public/v1/health")).ToString());
        Assert.Equal("""200 {"status":"live"}""", (await bank.CallAsync("GET", "health/live")).ToString());
        var ready = await bank.CallAsync("GET", "health/ready");
        Assert.Equal("200 ready: blobs ready, bus ready, clock ready, keys ready, tables ready", Told(ready));
        Assert.Equal("no-store", ready.Headers.CacheControl!.ToString());
        Assert.All(ready.Json["checks"]!.AsArray(), check => Assert.Equal(["name", "state", "milliseconds"], check!.AsObject().Select(it => it.Key)));
    }

    [Fact, Rehearses("not-ready"), Rehearses("refused-secrets")]
    public async Task Without_its_records_the_bank_says_so()
    {
        var log = new BankLog();
        var azurite = await Emulator.AzuriteServer.StartAsync();
        await using var bank = await HttpBank.StartAsync(options =>
        {
            options.Storage = azurite.ConnectionString;
            options.Settings["Storage:ConnectionString"] = azurite.ConnectionString;
            options.Settings["Health__ReuseFor"] = "00:00:00";
            options.Settings["Health__BusTimeOut"] = "00:00:00.500";
            options.Settings["Health__ClockTolerance"] = "00:01:00";
            options.Settings["Receipts__SigningKey"] = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/receipts)";
            options.ConfigureLogging(logging => logging.AddProvider(log));
            // Nobody waits here until storage has come back.
            options.ConfigureServices(services => services.PostConfigure<StorageOptions>(storage => storage.ConfigureAnyClient += client => client.Retry.MaxRetries = 0));
        }, makesAllTables: true, runsTimers: false);
        Assert.Equal(200, (await bank.CallAsync("GET", "public/v1/health")).Status);
        Assert.Equal("503 not_ready: blobs ready, bus ready, clock ready, keys failed, tables ready", Told(await bank.CallAsync("GET", "health/ready")));
        await bank.Host.AdvanceClockAsync(TimeSpan.FromMinutes(3));
        Assert.Equal("503 not_ready: blobs ready, bus ready, clock failed, keys failed, tables ready", Told(await bank.CallAsync("GET", "health/ready")));

        Assert.Contains(log.Lines, line => line.Contains("The bank is not ready: keys is Failed", StringComparison.Ordinal));

        await azurite.DisposeAsync();
        var answer = await bank.CallAsync("GET", "public/v1/health");

        Assert.Equal("503 storage_unavailable", answer.ToString());
        Assert.NotNull(answer.Headers.RetryAfter);
        var ready = await bank.CallAsync("GET", "health/ready");
        Assert.Equal("503 not_ready: blobs failed, bus timed_out, clock failed, keys failed, tables failed", Told(ready));
        Assert.NotNull(ready.Headers.RetryAfter);
        Assert.DoesNotContain("127.0.0.1", ready.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("KeyVault", ready.Text, StringComparison.Ordinal);
        Assert.Equal(200, (await bank.CallAsync("GET", "health/live")).Status);

        // Stopping in good order would wait for storage.
        await bank.Host.KillAsync();
    }

    [Fact]
    public async Task A_bus_that_hangs_is_given_up_in_its_time()
    {
        var clock = new HandClock();
        var check = new CheckReadiness([new BusCheck(new HangingBus(), new HealthOptions())], Options.Create(new HealthOptions()), clock, NullLogger<CheckReadiness>.Instance);

        var asked = check.RunAsync();
        Assert.False(asked.IsCompleted);
        clock.Advance(new HealthOptions().BusTimeOut);

        Assert.Equal(PartState.TimedOut, Assert.Single((await asked).Parts).State);
    }

    private static string Told(Answer answer) =>
        $"{answer.Status} {answer.Json["status"]}: {string.Join(", ", answer.Json["checks"]!.AsArray().Select((JsonNode? check) => $"{check!["name"]} {check["state"]}"))}";

    private sealed class HangingBus : ServiceBusClient
    {
        public override ServiceBusReceiver CreateReceiver(string queueName) => new HangingReceiver();
    }

    private sealed class HangingReceiver : ServiceBusReceiver
    {
        public override async Task<ServiceBusReceivedMessage?> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return null;
        }
    }
}
