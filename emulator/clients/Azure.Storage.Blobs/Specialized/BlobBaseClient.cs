using Azure.Core;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs.Specialized;

/// <summary>What all kinds of blobs have in common: reading, properties, deleting, links.</summary>
/// <remarks>A missing blob is 404 BlobNotFound, a missing container 404 ContainerNotFound, a failed condition 412 ConditionNotMet.</remarks>
public class BlobBaseClient
{
    private readonly BlobRest _rest = null!;
    private readonly Uri _uri = null!;

    protected BlobBaseClient()
    {
    }

    private protected BlobBaseClient(BlobRest rest, Uri uri) => (_rest, _uri) = (rest, uri);

    public BlobBaseClient(string connectionString, string blobContainerName, string blobName)
        : this(connectionString, blobContainerName, blobName, new BlobClientOptions())
    {
    }

    public BlobBaseClient(string connectionString, string blobContainerName, string blobName, BlobClientOptions options)
    {
        var account = StorageConnectionString.Parse(connectionString);
        var endpoint = account.BlobEndpoint ?? throw new FormatException("The storage connection string has no blob endpoint.");
        _uri = BlobAddress.Append(BlobAddress.Append(endpoint, blobContainerName), blobName);
        _rest = BlobRest.Of(options, account.Credential, account.SharedAccessSignature);
    }

    /// <summary>Anonymous, or with a SAS in the URI.</summary>
    public BlobBaseClient(Uri blobUri, BlobClientOptions? options = null) => (_uri, _rest) = (blobUri, BlobRest.Of(options));

    public BlobBaseClient(Uri blobUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobUri, BlobRest.Of(options, credential));

    public BlobBaseClient(Uri blobUri, AzureSasCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobUri, BlobRest.Of(options, signature: credential.Signature));

    public BlobBaseClient(Uri blobUri, TokenCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobUri, BlobRest.Of(options, authorization: BlobRest.Bearer(credential)));

    public virtual Uri Uri => _uri;
    public virtual string AccountName => BlobAddress.Of(_uri).Account;
    public virtual string BlobContainerName => BlobAddress.Of(_uri).Container;

    /// <summary>Unescaped.</summary>
    public virtual string Name => BlobAddress.Of(_uri).Blob;

    /// <summary>Only with an account key.</summary>
    public virtual bool CanGenerateSasUri => _rest.Key is not null;

    internal BlobRest Rest => _rest;

    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Head, _uri);
        var response = await _rest.SendAsync(message, cancellationToken, 200, 404).ConfigureAwait(false);
        return Response.FromValue(response.Status == 200, response);
    }

    /// <exception cref="RequestFailedException">Also 304 ConditionNotMet, when <c>IfNoneMatch</c> is the current ETag.</exception>
    public virtual async Task<Response<BlobProperties>> GetPropertiesAsync(BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Head, _uri);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.Properties(response), response);
    }

    /// <summary>Clears every header that is not given; content and metadata stay.</summary>
    public virtual async Task<Response<BlobInfo>> SetHttpHeadersAsync(
        BlobHttpHeaders? httpHeaders = null, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Put, _uri, ("comp", "properties"));
        message.Request.HttpHeaders(httpHeaders);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.Info(response), response);
    }

    /// <summary>Replaces all pairs; the content stays. Names are C# identifiers (else 400 InvalidMetadata), values ASCII.</summary>
    public virtual async Task<Response<BlobInfo>> SetMetadataAsync(
        IDictionary<string, string> metadata, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Put, _uri, ("comp", "metadata"));
        message.Request.Metadata(metadata);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.Info(response), response);
    }

    /// <exception cref="RequestFailedException">Also 409 SnapshotsPresent.</exception>
    public virtual async Task<Response> DeleteAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default)
    {
        using var message = DeleteMessage(snapshotsOption, conditions);
        return await _rest.SendAsync(message, cancellationToken, 202).ConfigureAwait(false);
    }

    /// <summary>Swallows only that there is no blob or container, no failed condition.</summary>
    public virtual async Task<Response<bool>> DeleteIfExistsAsync(
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default)
    {
        using var message = DeleteMessage(snapshotsOption, conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 202, 404).ConfigureAwait(false);
        return Response.FromValue(response.Status == 202, response);
    }

    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync() => DownloadContentAsync(CancellationToken.None);

    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(CancellationToken cancellationToken) =>
        DownloadContentAsync(new BlobDownloadOptions(), cancellationToken);

    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(BlobRequestConditions? conditions, CancellationToken cancellationToken) =>
        DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions }, cancellationToken);

    public virtual Task<Response<BlobDownloadResult>> DownloadContentAsync(
        BlobRequestConditions? conditions, IProgress<long>? progressHandler, HttpRange range, CancellationToken cancellationToken) =>
        DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions, ProgressHandler = progressHandler, Range = range }, cancellationToken);

    /// <summary>The whole content, in memory.</summary>
    /// <returns>With <c>HasValue</c> false and status 304 when <c>IfNoneMatch</c> is the current ETag.</returns>
    public virtual async Task<Response<BlobDownloadResult>> DownloadContentAsync(BlobDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (response, content) = await GetAsync(options?.Range ?? default, options?.Conditions, buffer: true, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return new NoBodyResponse<BlobDownloadResult>(response);
        var body = response.Content;
        options?.ProgressHandler?.Report(body.ToMemory().Length);
        return Response.FromValue(new BlobDownloadResult { Content = body, Details = BlobHeaders.DownloadDetails(response) }, response);
    }

    public virtual Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        HttpRange range, BlobRequestConditions? conditions, bool rangeGetContentHash, CancellationToken cancellationToken) =>
        DownloadStreamingAsync(new BlobDownloadOptions { Range = range, Conditions = conditions }, cancellationToken);

    public virtual Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        HttpRange range, BlobRequestConditions? conditions, bool rangeGetContentHash, IProgress<long>? progressHandler, CancellationToken cancellationToken) =>
        DownloadStreamingAsync(new BlobDownloadOptions { Range = range, Conditions = conditions, ProgressHandler = progressHandler }, cancellationToken);

    /// <summary>The content as it arrives: dispose the value.</summary>
    public virtual async Task<Response<BlobDownloadStreamingResult>> DownloadStreamingAsync(
        BlobDownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (response, content) = await GetAsync(options?.Range ?? default, options?.Conditions, buffer: false, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return new NoBodyResponse<BlobDownloadStreamingResult>(response);
        var stream = options?.ProgressHandler is { } progress ? new ProgressStream(content, progress) : content;
        return Response.FromValue(new BlobDownloadStreamingResult { Content = stream, Details = BlobHeaders.DownloadDetails(response) }, response);
    }

    public virtual Task<Response> DownloadToAsync(Stream destination) => DownloadToAsync(destination, CancellationToken.None);

    public virtual Task<Response> DownloadToAsync(string path) => DownloadToAsync(path, CancellationToken.None);

    public virtual Task<Response> DownloadToAsync(Stream destination, CancellationToken cancellationToken) =>
        DownloadToAsync(destination, new BlobDownloadToOptions(), cancellationToken);

    public virtual Task<Response> DownloadToAsync(string path, CancellationToken cancellationToken) =>
        DownloadToAsync(path, new BlobDownloadToOptions(), cancellationToken);

    public virtual Task<Response> DownloadToAsync(
        Stream destination, BlobRequestConditions? conditions = null, StorageTransferOptions transferOptions = default, CancellationToken cancellationToken = default) =>
        DownloadToAsync(destination, new BlobDownloadToOptions { Conditions = conditions, TransferOptions = transferOptions }, cancellationToken);

    public virtual Task<Response> DownloadToAsync(
        string path, BlobRequestConditions? conditions = null, StorageTransferOptions transferOptions = default, CancellationToken cancellationToken = default) =>
        DownloadToAsync(path, new BlobDownloadToOptions { Conditions = conditions, TransferOptions = transferOptions }, cancellationToken);

    public virtual async Task<Response> DownloadToAsync(string path, BlobDownloadToOptions options, CancellationToken cancellationToken = default)
    {
        await using var file = File.Create(path);
        return await DownloadToAsync(file, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the content; one request, since what answers here is on the same machine.</summary>
    /// <returns>304, and nothing is written, when <c>IfNoneMatch</c> is the current ETag.</returns>
    public virtual async Task<Response> DownloadToAsync(Stream destination, BlobDownloadToOptions options, CancellationToken cancellationToken = default)
    {
        var (response, content) = await GetAsync(default, options?.Conditions, buffer: false, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return response;
        await using var source = options?.ProgressHandler is { } progress ? new ProgressStream(content, progress) : content;
        await source.CopyToAsync(destination, cancellationToken).ConfigureAwait(false);
        return response;
    }

    public virtual Task<Stream> OpenReadAsync(
        long position = 0, int? bufferSize = null, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        OpenReadAsync(new BlobOpenReadOptions(false) { Position = position, BufferSize = bufferSize, Conditions = conditions }, cancellationToken);

    public virtual Task<Stream> OpenReadAsync(
        bool allowBlobModifications, long position = 0, int? bufferSize = null, CancellationToken cancellationToken = default) =>
        OpenReadAsync(new BlobOpenReadOptions(allowBlobModifications) { Position = position, BufferSize = bufferSize }, cancellationToken);

    /// <summary>A seekable stream that fetches as it is read.</summary>
    public virtual async Task<Stream> OpenReadAsync(BlobOpenReadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var properties = await GetPropertiesAsync(options.Conditions, cancellationToken).ConfigureAwait(false);
        return new BlobReadStream(this, options, properties.Value);
    }

    public virtual Uri GenerateSasUri(BlobSasPermissions permissions, DateTimeOffset expiresOn) => GenerateSasUri(new BlobSasBuilder(permissions, expiresOn));

    /// <exception cref="ArgumentNullException">The client holds no account key.</exception>
    /// <exception cref="InvalidOperationException">The builder names another blob, or lacks what a link needs.</exception>
    public virtual Uri GenerateSasUri(BlobSasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var signature = builder.For(BlobContainerName, Name).ToSasQueryParameters(_rest.Key!);
        return new UriBuilder(_uri) { Query = signature.ToString() }.Uri;
    }

    protected internal virtual BlobLeaseClient GetBlobLeaseClientCore(string? leaseId) => new(this, leaseId);

    /// <returns>A null stream for 304.</returns>
    private async Task<(Response Response, Stream? Content)> GetAsync(
        HttpRange range, BlobRequestConditions? conditions, bool buffer, CancellationToken cancellationToken)
    {
        using var message = _rest.Create(RequestMethod.Get, _uri);
        message.BufferResponse = buffer;
        message.Request.Conditions(conditions);
        if (range != default)
            message.Request.Headers.SetValue("x-ms-range", range.ToString());
        await _rest.SendAsync(message, cancellationToken).ConfigureAwait(false);
        switch (message.Response.Status)
        {
            case 200 or 206:
                return (message.Response, buffer ? Stream.Null : message.ExtractResponseContent() ?? Stream.Null);
            case 304:
                return (message.Response, null);
            default:
                throw new RequestFailedException(message.Response);
        }
    }

    private HttpMessage DeleteMessage(DeleteSnapshotsOption snapshots, BlobRequestConditions? conditions)
    {
        var message = _rest.Create(RequestMethod.Delete, _uri);
        message.Request.Conditions(conditions);
        message.Request.Set("x-ms-delete-snapshots", snapshots switch
        {
            DeleteSnapshotsOption.IncludeSnapshots => "include",
            DeleteSnapshotsOption.OnlySnapshots => "only",
            _ => null,
        });
        return message;
    }
}
