using System.Globalization;
using Azure.Core;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs.Specialized;

/// <summary>One lease of a blob or a container. The holder must send its id with every write; time alone does not stop a slow holder.</summary>
public class BlobLeaseClient
{
    public static readonly TimeSpan InfiniteLeaseDuration = TimeSpan.FromSeconds(-1);

    private readonly BlobRest _rest = null!;
    private readonly bool _container;

    protected BlobLeaseClient()
    {
    }

    public BlobLeaseClient(BlobBaseClient client, string? leaseId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        (_rest, Uri, LeaseId) = (client.Rest, client.Uri, leaseId ?? Guid.NewGuid().ToString());
    }

    public BlobLeaseClient(BlobContainerClient client, string? leaseId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        (_rest, Uri, LeaseId) = (client.Rest, client.Uri, leaseId ?? Guid.NewGuid().ToString());
        _container = true;
    }

    public Uri Uri { get; } = null!;
    public virtual string LeaseId { get; private set; } = "";

    /// <param name="duration">15 to 60 seconds, or <see cref="InfiniteLeaseDuration"/>; else 400 InvalidHeaderValue.</param>
    /// <exception cref="RequestFailedException">409 LeaseAlreadyPresent.</exception>
    public virtual Task<Response<BlobLease>> AcquireAsync(
        TimeSpan duration, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        SendAsync("acquire", conditions, cancellationToken, 201, ("x-ms-lease-duration", Seconds(duration)), ("x-ms-proposed-lease-id", LeaseId));

    /// <exception cref="RequestFailedException">409 LeaseIdMismatchWithLeaseOperation, LeaseIsBrokenAndCannotBeRenewed.</exception>
    public virtual Task<Response<BlobLease>> RenewAsync(RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        SendAsync("renew", conditions, cancellationToken, 200, ("x-ms-lease-id", LeaseId));

    public virtual async Task<Response<ReleasedObjectInfo>> ReleaseAsync(RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        var released = await SendAsync("release", conditions, cancellationToken, 200, ("x-ms-lease-id", LeaseId)).ConfigureAwait(false);
        return Response.FromValue(
            new ReleasedObjectInfo { ETag = released.Value.ETag, LastModified = released.Value.LastModified }, released.GetRawResponse());
    }

    /// <summary>Goes on under another id.</summary>
    public virtual async Task<Response<BlobLease>> ChangeAsync(
        string proposedId, RequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        var changed = await SendAsync(
            "change", conditions, cancellationToken, 200, ("x-ms-lease-id", LeaseId), ("x-ms-proposed-lease-id", proposedId)).ConfigureAwait(false);
        LeaseId = changed.Value.LeaseId ?? proposedId;
        return changed;
    }

    /// <summary>Ends anybody's lease, without its id: after the period, or by default when a fixed one runs out (an infinite one at once).</summary>
    public virtual Task<Response<BlobLease>> BreakAsync(
        TimeSpan? breakPeriod = null, RequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        SendAsync("break", conditions, cancellationToken, 202, ("x-ms-lease-break-period", breakPeriod is { } period ? Seconds(period) : null));

    private async Task<Response<BlobLease>> SendAsync(
        string action, RequestConditions? conditions, CancellationToken cancellationToken, int expected, params (string Name, string? Value)[] headers)
    {
        using var message = _rest.Create(RequestMethod.Put, Uri, ("comp", "lease"), ("restype", _container ? "container" : null));
        message.Request.Conditions(conditions);
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        foreach (var (name, value) in headers)
            message.Request.Set(name, value);
        var response = await _rest.SendAsync(message, cancellationToken, expected).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.Lease(response), response);
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
