using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Operating;

/// <summary>A bank in trouble: its storage can be told to throttle, and what it logs is read as its operators read it. Of the timers only those that a test fires run, and the ledger's own.</summary>
public sealed class OperationBank : TransferBank
{
    public const string Name = "operation";

    public StorageProbe Storage { get; } = new();

    public BankLog Log { get; } = new();

    /// <summary>Storage answers every n-th call that it is busy.</summary>
    public void Throttle(int every) => Storage.Break(call => call.Number % every == 0 ? StorageFault.ServerBusy : StorageFault.None);

    /// <summary>Storage is well again, and the bank does not trust it yet.</summary>
    public void Heal() => Storage.Reset();

    /// <summary>Storage is well again, and was for so long that the bank refuses nothing any more.</summary>
    public Task HealAsync()
    {
        Heal();
        return Bank.AdvanceAsync(TimeSpan.FromMinutes(3), asleep: true);
    }

    public Task<Answer> StaffAsync(string method, string path, string roles, string? json = null) => StaffAsync(method, path, "ilir", roles, json);

    public async Task<Answer> StaffAsync(string method, string path, string who, string roles, string? json) =>
        await Bank.CallAsync(method, $"backoffice/v1/{path}", json, await Bank.TokenAsync(new() { ["staff"] = who, ["roles"] = roles }), WithKey());

    public bool HasLogged(string phrase) => Log.Lines.Any(line => line.Contains(phrase, StringComparison.Ordinal));

    protected override void Configure(FunctionsTestHostOptions options)
    {
        base.Configure(options);
        foreach (var timer in options.Settings.Keys.Where(name => name.EndsWith("Schedule", StringComparison.Ordinal)).ToArray())
            options.Settings[timer] = "0 0 0 29 2 *";
        options.Settings["Bills__SweepAfter"] = "00:00:00";
        options.Settings["Books__RowsInRun"] = "1";
        options.Settings["Load__ThrottledAtLeast"] = "3";
        options.Settings["Load__OverloadedThrottledPercent"] = "50";
        options.Settings["Load__CalmFor"] = "00:01:00";
        options.ConfigureLogging(logging => logging.AddProvider(Log));
        options.ConfigureServices(services => services.PostConfigure<StorageOptions>(stored => stored.ConfigureClient = client =>
        {
            client.Retry.Delay = TimeSpan.FromMilliseconds(1);
            client.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
            client.AddPolicy(Storage, HttpPipelinePosition.PerRetry);
        }));
    }
}

[CollectionDefinition(OperationBank.Name)]
public sealed class OperationCollection : ICollectionFixture<OperationBank>;
