using Azure.Core;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Sas;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs;

/// <summary>One container. Its name has 3 to 63 of a-z, 0-9 and single dashes.</summary>
public class BlobContainerClient
{
    private readonly BlobRest _rest = null!;
    private readonly Uri _uri = null!;

    protected BlobContainerClient()
    {
    }

    private BlobContainerClient(BlobRest rest, Uri uri) => (_rest, _uri) = (rest, uri);

    public BlobContainerClient(string connectionString, string blobContainerName) : this(connectionString, blobContainerName, new BlobClientOptions())
    {
    }

    public BlobContainerClient(string connectionString, string blobContainerName, BlobClientOptions options)
    {
        var account = StorageConnectionString.Parse(connectionString);
        var endpoint = account.BlobEndpoint ?? throw new FormatException("The storage connection string has no blob endpoint.");
        _uri = BlobAddress.Append(endpoint, blobContainerName);
        _rest = BlobRest.Of(options, account.Credential, account.SharedAccessSignature);
    }

    /// <summary>Anonymous, or with a SAS in the URI.</summary>
    public BlobContainerClient(Uri blobContainerUri, BlobClientOptions? options = null) => (_uri, _rest) = (blobContainerUri, BlobRest.Of(options));

    public BlobContainerClient(Uri blobContainerUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobContainerUri, BlobRest.Of(options, credential));

    public BlobContainerClient(Uri blobContainerUri, AzureSasCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobContainerUri, BlobRest.Of(options, signature: credential.Signature));

    public BlobContainerClient(Uri blobContainerUri, TokenCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (blobContainerUri, BlobRest.Of(options, authorization: BlobRest.Bearer(credential)));

    public virtual Uri Uri => _uri;
    public virtual string AccountName => BlobAddress.Of(_uri).Account;
    public virtual string Name => BlobAddress.Of(_uri).Container;

    /// <summary>Only with an account key.</summary>
    public virtual bool CanGenerateSasUri => _rest.Key is not null;

    public virtual BlobClient GetBlobClient(string blobName) => new BlobClient.Connected(_rest, BlobAddress.Append(_uri, blobName));

    public virtual Task<Response<BlobContainerInfo>> CreateAsync(
        PublicAccessType publicAccessType, IDictionary<string, string>? metadata, CancellationToken cancellationToken) =>
        CreateAsync(publicAccessType, metadata, null, cancellationToken);

    /// <exception cref="RequestFailedException">409 ContainerAlreadyExists, 400 InvalidResourceName or OutOfRangeInput.</exception>
    public virtual async Task<Response<BlobContainerInfo>> CreateAsync(
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string>? metadata = null,
        BlobContainerEncryptionScopeOptions? encryptionScopeOptions = null,
        CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Put);
        message.Request.Metadata(metadata);
        message.Request.Set("x-ms-blob-public-access", publicAccessType switch
        {
            PublicAccessType.BlobContainer => "container",
            PublicAccessType.Blob => "blob",
            _ => null,
        });
        message.Request.Set("x-ms-default-encryption-scope", encryptionScopeOptions?.DefaultEncryptionScope);
        var response = await _rest.SendAsync(message, cancellationToken, 201).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.ContainerInfo(response), response);
    }

    public virtual Task<Response<BlobContainerInfo>?> CreateIfNotExistsAsync(
        PublicAccessType publicAccessType, IDictionary<string, string>? metadata, CancellationToken cancellationToken) =>
        CreateIfNotExistsAsync(publicAccessType, metadata, null, cancellationToken);

    /// <returns>Null, not a response, when it existed.</returns>
    public virtual async Task<Response<BlobContainerInfo>?> CreateIfNotExistsAsync(
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string>? metadata = null,
        BlobContainerEncryptionScopeOptions? encryptionScopeOptions = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            return await CreateAsync(publicAccessType, metadata, encryptionScopeOptions, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException there) when (there.ErrorCode == BlobErrorCode.ContainerAlreadyExists)
        {
            return null;
        }
    }

    public virtual async Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Head);
        var response = await _rest.SendAsync(message, cancellationToken, 200, 404).ConfigureAwait(false);
        return Response.FromValue(response.Status == 200, response);
    }

    public virtual async Task<Response> DeleteAsync(BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Delete);
        message.Request.Conditions(conditions);
        return await _rest.SendAsync(message, cancellationToken, 202).ConfigureAwait(false);
    }

    public virtual async Task<Response<bool>> DeleteIfExistsAsync(BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Delete);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 202, 404).ConfigureAwait(false);
        return Response.FromValue(response.Status == 202, response);
    }

    public virtual async Task<Response<BlobContainerProperties>> GetPropertiesAsync(
        BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Get);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.ContainerProperties(response), response);
    }

    public virtual async Task<Response<BlobContainerInfo>> SetMetadataAsync(
        IDictionary<string, string> metadata, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default)
    {
        using var message = Message(RequestMethod.Put, ("comp", "metadata"));
        message.Request.Metadata(metadata);
        message.Request.Conditions(conditions);
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.ContainerInfo(response), response);
    }

    /// <summary>Creates only: 409 BlobAlreadyExists.</summary>
    public virtual Task<Response<BlobContentInfo>> UploadBlobAsync(string blobName, Stream content, CancellationToken cancellationToken = default) =>
        GetBlobClient(blobName).UploadAsync(content, cancellationToken);

    public virtual Task<Response<BlobContentInfo>> UploadBlobAsync(string blobName, BinaryData content, CancellationToken cancellationToken = default) =>
        GetBlobClient(blobName).UploadAsync(content, cancellationToken);

    public virtual Task<Response> DeleteBlobAsync(
        string blobName,
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default) =>
        GetBlobClient(blobName).DeleteAsync(snapshotsOption, conditions, cancellationToken);

    public virtual Task<Response<bool>> DeleteBlobIfExistsAsync(
        string blobName,
        DeleteSnapshotsOption snapshotsOption = DeleteSnapshotsOption.None,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default) =>
        GetBlobClient(blobName).DeleteIfExistsAsync(snapshotsOption, conditions, cancellationToken);

    /// <summary>Ordinal by name, 5000 a page at most.</summary>
    public virtual AsyncPageable<BlobItem> GetBlobsAsync(GetBlobsOptions? options = null, CancellationToken cancellationToken = default) =>
        new PagedListing<BlobItem>(async (marker, size, cancellation) =>
        {
            var (blobs, _, next, response) = await ListAsync(options?.Traits ?? default, options?.States ?? default, options?.Prefix, null, marker, size, cancellation)
                .ConfigureAwait(false);
            return Page<BlobItem>.FromValues(blobs, next, response);
        }, cancellationToken);

    public virtual AsyncPageable<BlobItem> GetBlobsAsync(BlobTraits traits, BlobStates states, string? prefix, CancellationToken cancellationToken) =>
        GetBlobsAsync(new GetBlobsOptions { Traits = traits, States = states, Prefix = prefix }, cancellationToken);

    /// <summary>Within a page the prefixes come first, then the blobs.</summary>
    public virtual AsyncPageable<BlobHierarchyItem> GetBlobsByHierarchyAsync(
        GetBlobsByHierarchyOptions? options = null, CancellationToken cancellationToken = default) =>
        new PagedListing<BlobHierarchyItem>(async (marker, size, cancellation) =>
        {
            var (blobs, prefixes, next, response) = await ListAsync(
                options?.Traits ?? default, options?.States ?? default, options?.Prefix, options?.Delimiter, marker, size, cancellation).ConfigureAwait(false);
            List<BlobHierarchyItem> items = [.. prefixes.Select(p => new BlobHierarchyItem { Prefix = p }), .. blobs.Select(b => new BlobHierarchyItem { Blob = b })];
            return Page<BlobHierarchyItem>.FromValues(items, next, response);
        }, cancellationToken);

    public virtual AsyncPageable<BlobHierarchyItem> GetBlobsByHierarchyAsync(
        BlobTraits traits, BlobStates states, string? delimiter, string? prefix, CancellationToken cancellationToken) =>
        GetBlobsByHierarchyAsync(
            new GetBlobsByHierarchyOptions { Traits = traits, States = states, Delimiter = delimiter, Prefix = prefix }, cancellationToken);

    public virtual Uri GenerateSasUri(BlobContainerSasPermissions permissions, DateTimeOffset expiresOn) =>
        GenerateSasUri(new BlobSasBuilder(permissions, expiresOn));

    /// <exception cref="ArgumentNullException">The client holds no account key.</exception>
    /// <exception cref="InvalidOperationException">The builder names another container, or lacks what a link needs.</exception>
    public virtual Uri GenerateSasUri(BlobSasBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var signature = builder.For(Name, null).ToSasQueryParameters(_rest.Key!);
        return new UriBuilder(_uri) { Query = signature.ToString() }.Uri;
    }

    protected internal virtual BlobLeaseClient GetBlobLeaseClientCore(string? leaseId) => new(this, leaseId);

    internal BlobRest Rest => _rest;

    internal BlockBlobClient BlockBlob(string blobName) => new BlockBlobClient.Connected(_rest, BlobAddress.Append(_uri, blobName));

    private HttpMessage Message(RequestMethod method, params (string Name, string? Value)[] query) =>
        _rest.Create(method, _uri, [("restype", "container"), .. query]);

    private async Task<(List<BlobItem> Blobs, List<string> Prefixes, string? Next, Response Response)> ListAsync(
        BlobTraits traits, BlobStates states, string? prefix, string? delimiter, string? marker, int? size, CancellationToken cancellationToken)
    {
        using var message = Message(RequestMethod.Get, ("comp", "list"), ("prefix", prefix), ("delimiter", delimiter), ("marker", marker),
            ("maxresults", BlobRest.Number(size)), ("include", Include(traits, states)));
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        var (blobs, prefixes, next) = BlobXml.ReadBlobs(response.Content);
        return (blobs, prefixes, next, response);
    }

    private static string? Include(BlobTraits traits, BlobStates states)
    {
        (bool Wanted, string Name)[] parts =
        [
            (traits.HasFlag(BlobTraits.CopyStatus), "copy"), (traits.HasFlag(BlobTraits.Metadata), "metadata"), (traits.HasFlag(BlobTraits.Tags), "tags"),
            (traits.HasFlag(BlobTraits.ImmutabilityPolicy), "immutabilitypolicy"), (traits.HasFlag(BlobTraits.LegalHold), "legalhold"),
            (states.HasFlag(BlobStates.Snapshots), "snapshots"), (states.HasFlag(BlobStates.Uncommitted), "uncommittedblobs"),
            (states.HasFlag(BlobStates.Deleted), "deleted"), (states.HasFlag(BlobStates.Version), "versions"),
            (states.HasFlag(BlobStates.DeletedWithVersions), "deletedwithversions"),
        ];
        var wanted = parts.Where(p => p.Wanted).Select(p => p.Name).ToList();
        return wanted.Count == 0 ? null : string.Join(',', wanted);
    }

    /// <summary>Made by a service client, sharing its pipeline.</summary>
    internal sealed class Connected(BlobRest rest, Uri uri) : BlobContainerClient(rest, uri);
}
