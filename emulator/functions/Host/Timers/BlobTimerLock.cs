using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>By a lease on a blob of the timer's own.</summary>
/// <remarks>A process that was killed during a run holds its lease for fifteen seconds more.</remarks>
internal sealed class BlobTimerLock(HostStartup startup) : ITimerLock
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lazy<BlobContainerClient?> container = new(() => startup.Configuration["AzureWebJobsStorage"] is { Length: > 0 } storage
        ? new BlobContainerClient(storage, "azure-webjobs-hosts", ClientDiagnostics.Untraced(new BlobClientOptions()))
        : null);

    /// <summary>Without storage there is no other process to know of.</summary>
    public async Task<T> HoldAsync<T>(HostedFunction function, Func<Task<T>> action, CancellationToken cancellation)
    {
        if (container.Value is not { } locks)
            return await action();

        var lease = locks.GetBlobClient($"locks/{startup.HostId}/{function.EntryPoint}.Listener").GetBlobLeaseClient();
        await AcquireAsync(locks, lease, function, cancellation);
        using var done = new CancellationTokenSource();
        var renewing = RenewAsync(lease, done.Token);
        try
        {
            return await action();
        }
        finally
        {
            await done.CancelAsync();
            await renewing;
            if (!cancellation.IsCancellationRequested)
                await ReleaseAsync(lease);
        }
    }

    private async Task AcquireAsync(BlobContainerClient locks, BlobLeaseClient lease, HostedFunction function, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await lease.AcquireAsync(Duration, cancellationToken: cancellation);
                return;
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                await CreateAsync(locks, function, cancellation);
            }
            catch (RequestFailedException e) when (e.ErrorCode == "LeaseAlreadyPresent")
            {
                await Task.Delay(Pause, cancellation);
            }
        }
    }

    private async Task CreateAsync(BlobContainerClient locks, HostedFunction function, CancellationToken cancellation)
    {
        try
        {
            await locks.GetBlobClient($"locks/{startup.HostId}/{function.EntryPoint}.Listener").UploadAsync(BinaryData.FromString(string.Empty), cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "ContainerNotFound")
        {
            await locks.CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // Another process was first: it is there, which is all that counts.
        }
    }

    private static async Task RenewAsync(BlobLeaseClient lease, CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(Duration / 3, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
                return;

            try
            {
                await lease.RenewAsync(cancellationToken: done);
            }
            catch (Exception e) when (e is RequestFailedException or OperationCanceledException)
            {
                // The next try is soon enough; a lease that is lost for good ends with the run.
            }
        }
    }

    private static async Task ReleaseAsync(BlobLeaseClient lease)
    {
        try
        {
            await lease.ReleaseAsync();
        }
        catch (RequestFailedException)
        {
            // It runs out by itself.
        }
    }
}
