using Azure.Core;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs;

/// <summary>One block blob, as a whole.</summary>
/// <remarks>
/// An upload without options creates only (409 BlobAlreadyExists); with <c>overwrite: true</c>, or with options that set no condition, it replaces
/// everything: content, metadata and headers. A stream is sent from its current position.
/// </remarks>
public class BlobClient : BlobBaseClient
{
    protected BlobClient()
    {
    }

    private BlobClient(BlobRest rest, Uri uri) : base(rest, uri)
    {
    }

    public BlobClient(string connectionString, string blobContainerName, string blobName) : base(connectionString, blobContainerName, blobName)
    {
    }

    public BlobClient(string connectionString, string blobContainerName, string blobName, BlobClientOptions options)
        : base(connectionString, blobContainerName, blobName, options)
    {
    }

    public BlobClient(Uri blobUri, BlobClientOptions? options = null) : base(blobUri, options)
    {
    }

    public BlobClient(Uri blobUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null) : base(blobUri, credential, options)
    {
    }

    public BlobClient(Uri blobUri, AzureSasCredential credential, BlobClientOptions? options = null) : base(blobUri, credential, options)
    {
    }

    public BlobClient(Uri blobUri, TokenCredential credential, BlobClientOptions? options = null) : base(blobUri, credential, options)
    {
    }

    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content) => UploadAsync(content, overwrite: false);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content) => UploadAsync(content, overwrite: false);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(string path) => UploadAsync(path, overwrite: false);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, CancellationToken cancellationToken) =>
        UploadAsync(content, overwrite: false, cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content, CancellationToken cancellationToken) =>
        UploadAsync(content, overwrite: false, cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(string path, CancellationToken cancellationToken) =>
        UploadAsync(path, overwrite: false, cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(content, CreateOnlyUnless(overwrite), cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(BinaryData content, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(content, CreateOnlyUnless(overwrite), cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(string path, bool overwrite = false, CancellationToken cancellationToken = default) =>
        UploadAsync(path, CreateOnlyUnless(overwrite), cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        Stream content,
        BlobHttpHeaders? httpHeaders = null,
        IDictionary<string, string>? metadata = null,
        BlobRequestConditions? conditions = null,
        IProgress<long>? progressHandler = null,
        AccessTier? accessTier = null,
        StorageTransferOptions transferOptions = default,
        CancellationToken cancellationToken = default) =>
        UploadAsync(content, Options(httpHeaders, metadata, conditions, progressHandler, accessTier, transferOptions), cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        string path,
        BlobHttpHeaders? httpHeaders = null,
        IDictionary<string, string>? metadata = null,
        BlobRequestConditions? conditions = null,
        IProgress<long>? progressHandler = null,
        AccessTier? accessTier = null,
        StorageTransferOptions transferOptions = default,
        CancellationToken cancellationToken = default) =>
        UploadAsync(path, Options(httpHeaders, metadata, conditions, progressHandler, accessTier, transferOptions), cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadAsync(
        BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return UploadAsync(content.ToStream(), options, cancellationToken);
    }

    public virtual async Task<Response<BlobContentInfo>> UploadAsync(string path, BlobUploadOptions options, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        return await UploadAsync(file, options, cancellationToken).ConfigureAwait(false);
    }

    public virtual Task<Response<BlobContentInfo>> UploadAsync(Stream content, BlobUploadOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new BlobUpload(Rest, Uri, options ?? new BlobUploadOptions()).RunAsync(content, cancellationToken);
    }

    private static BlobUploadOptions CreateOnlyUnless(bool overwrite) =>
        new() { Conditions = overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All } };

    private static BlobUploadOptions Options(
        BlobHttpHeaders? headers,
        IDictionary<string, string>? metadata,
        BlobRequestConditions? conditions,
        IProgress<long>? progress,
        AccessTier? tier,
        StorageTransferOptions transfer) => new()
        {
            HttpHeaders = headers,
            Metadata = metadata,
            Conditions = conditions,
            ProgressHandler = progress,
            AccessTier = tier,
            TransferOptions = transfer,
        };

    /// <summary>Made by a container client, sharing its pipeline.</summary>
    internal sealed class Connected(BlobRest rest, Uri uri) : BlobClient(rest, uri);
}
