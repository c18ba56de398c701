using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.PensionFunds;

namespace Serverless.Workflows.PensionFunds;

/// <summary>Starts and wakes the workflow of an application for a fund.</summary>
public sealed class StartPensionFund
{
    public static string InstanceId(Guid fund) => fund.ToString("N");

    /// <returns>The fund itself.</returns>
    public async Task<Result<PrivateFund>> OfAsync(DurableTaskClient client, PrivateFund fund)
    {
        await MissingAsync(client, [fund.Id], CancellationToken.None);
        return fund;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<Guid> open, CancellationToken cancellation)
    {
        foreach (var fund in open)
            await client.StartMissingAsync(PensionFundOrchestrator.Name, InstanceId(fund), fund, cancellation);
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<PrivateFund>> WakeAsync(DurableTaskClient client, PrivateFund fund)
    {
        await WakeAsync(client, fund.Id);
        return fund;
    }

    /// <inheritdoc cref="WakeAsync(DurableTaskClient, PrivateFund)"/>
    public Task WakeAsync(DurableTaskClient client, Guid fund) => client.WakeAsync(InstanceId(fund), Course.Changed, CancellationToken.None);
}
