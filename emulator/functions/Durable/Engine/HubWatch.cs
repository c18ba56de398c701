using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>Sees to it that one process at a time works on a hub: the one that started last.</summary>
/// <remarks>
/// A process that finds itself replaced stops working; ETags have kept it from doing harm until then. Its clients can
/// still send messages: they ring, and the owner looks.
/// </remarks>
internal sealed class HubWatch(TableClient index, DurableEngine engine)
{
    private readonly string me = Guid.NewGuid().ToString("N");

    public Task TakeOwnershipAsync(CancellationToken cancellation) => index.UpsertEntityAsync(
        new TableEntity(HubKeys.Hub, HubKeys.Owner) { ["Owner"] = me, ["Process"] = Environment.ProcessId },
        TableUpdateMode.Replace,
        cancellation);

    /// <summary>Tells the owner, whoever it is, that the instance has a message.</summary>
    public Task RingAsync(string instanceId, CancellationToken cancellation) =>
        index.UpsertEntityAsync(new TableEntity(HubKeys.Hub, $"{HubKeys.Bell}|{instanceId}"), TableUpdateMode.Replace, cancellation);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(engine.Options.WatchInterval, stop);
                await LookAsync(stop);
                engine.CloseIdleSessions();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                engine.Logger.LogDebug(e, "The hub could not be looked at");
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        await foreach (var row in index.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {HubKeys.Hub}"), cancellationToken: stop))
        {
            if (row.RowKey == HubKeys.Owner)
            {
                if (row.GetString("Owner") == me)
                    continue;

                engine.Logger.LogWarning(
                    "Process {Process} has taken over hub {Hub}; this process runs no more orchestrations", row.GetInt32("Process"), engine.Options.HubName);
                engine.Kill();
                return;
            }

            engine.Post(row.RowKey[(HubKeys.Bell.Length + 1)..], new Inbound.Reload());
            await TryDeleteAsync(row, stop);
        }
    }

    private async Task TryDeleteAsync(TableEntity bell, CancellationToken stop)
    {
        try
        {
            await index.DeleteEntityAsync(bell.PartitionKey, bell.RowKey, bell.ETag, stop);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            // Rung again meanwhile: looked at the next time.
        }
    }
}
