using Azure.Core;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs;

/// <summary>The blobs of one storage account.</summary>
public class BlobServiceClient
{
    private readonly BlobRest _rest = null!;
    private readonly Uri _uri = null!;

    protected BlobServiceClient()
    {
    }

    public BlobServiceClient(string connectionString) : this(connectionString, new BlobClientOptions())
    {
    }

    /// <exception cref="FormatException">The connection string cannot be read.</exception>
    public BlobServiceClient(string connectionString, BlobClientOptions options)
    {
        var account = StorageConnectionString.Parse(connectionString);
        _uri = account.BlobEndpoint ?? throw new FormatException("The storage connection string has no blob endpoint.");
        _rest = BlobRest.Of(options, account.Credential, account.SharedAccessSignature);
    }

    /// <summary>Anonymous, or with a SAS in the URI.</summary>
    public BlobServiceClient(Uri serviceUri, BlobClientOptions? options = null) => (_uri, _rest) = (serviceUri, BlobRest.Of(options));

    public BlobServiceClient(Uri serviceUri, StorageSharedKeyCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (serviceUri, BlobRest.Of(options, credential));

    public BlobServiceClient(Uri serviceUri, AzureSasCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (serviceUri, BlobRest.Of(options, signature: credential.Signature));

    public BlobServiceClient(Uri serviceUri, TokenCredential credential, BlobClientOptions? options = null) =>
        (_uri, _rest) = (serviceUri, BlobRest.Of(options, authorization: BlobRest.Bearer(credential)));

    public virtual Uri Uri => _uri;
    public virtual string AccountName => BlobAddress.Of(_uri).Account;

    public virtual BlobContainerClient GetBlobContainerClient(string blobContainerName) =>
        new BlobContainerClient.Connected(_rest, BlobAddress.Append(_uri, blobContainerName));

    /// <exception cref="RequestFailedException">409 ContainerAlreadyExists, 400 InvalidResourceName or OutOfRangeInput.</exception>
    public virtual async Task<Response<BlobContainerClient>> CreateBlobContainerAsync(
        string blobContainerName,
        PublicAccessType publicAccessType = PublicAccessType.None,
        IDictionary<string, string>? metadata = null,
        CancellationToken cancellationToken = default)
    {
        var container = GetBlobContainerClient(blobContainerName);
        var created = await container.CreateAsync(publicAccessType, metadata, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(container, created.GetRawResponse());
    }

    public virtual Task<Response> DeleteBlobContainerAsync(
        string blobContainerName, BlobRequestConditions? conditions = null, CancellationToken cancellationToken = default) =>
        GetBlobContainerClient(blobContainerName).DeleteAsync(conditions, cancellationToken);

    /// <summary>By name, 5000 a page at most.</summary>
    public virtual AsyncPageable<BlobContainerItem> GetBlobContainersAsync(
        BlobContainerTraits traits = BlobContainerTraits.None,
        BlobContainerStates states = BlobContainerStates.None,
        string? prefix = null,
        CancellationToken cancellationToken = default) =>
        new PagedListing<BlobContainerItem>(async (marker, size, cancellation) =>
        {
            using var message = _rest.Create(RequestMethod.Get, _uri, ("comp", "list"), ("prefix", prefix), ("marker", marker),
                ("maxresults", BlobRest.Number(size)), ("include", Include(traits, states)));
            var response = await _rest.SendAsync(message, cancellation, 200).ConfigureAwait(false);
            var (containers, next) = BlobXml.ReadContainers(response.Content);
            return Page<BlobContainerItem>.FromValues(containers, next, response);
        }, cancellationToken);

    private static string? Include(BlobContainerTraits traits, BlobContainerStates states)
    {
        var parts = new List<string>();
        if (traits.HasFlag(BlobContainerTraits.Metadata))
            parts.Add("metadata");
        if (states.HasFlag(BlobContainerStates.Deleted))
            parts.Add("deleted");
        if (states.HasFlag(BlobContainerStates.System))
            parts.Add("system");
        return parts.Count == 0 ? null : string.Join(',', parts);
    }
}
