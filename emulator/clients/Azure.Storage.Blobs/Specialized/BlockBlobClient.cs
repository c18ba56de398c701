using Azure.Core;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Storage;

namespace Azure.Storage.Blobs.Specialized;

/// <summary>A blob made of blocks that are staged first and then committed together.</summary>
public class BlockBlobClient : BlobBaseClient
{
    protected BlockBlobClient()
    {
    }

    private BlockBlobClient(BlobRest rest, Uri uri) : base(rest, uri)
    {
    }

    /// <summary>Stages a block. The blob does not change, and does not come to be, before the commit.</summary>
    public virtual async Task<Response<BlockInfo>> StageBlockAsync(
        string base64BlockId, Stream content, BlockBlobStageBlockOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var message = Rest.Create(RequestMethod.Put, Uri, ("comp", "block"), ("blockid", base64BlockId));
        using var body = new StreamBody(content);
        message.Request.Body(body);
        message.Request.Set("x-ms-lease-id", options?.Conditions?.LeaseId);
        var response = await Rest.SendAsync(message, cancellationToken, 201).ConfigureAwait(false);
        options?.ProgressHandler?.Report(content.Length);
        return Response.FromValue(new BlockInfo { ContentHash = BlobHeaders.Base64(BlobHeaders.Text(response, "Content-MD5")) }, response);
    }

    public virtual Task<Response<BlobContentInfo>> CommitBlockListAsync(
        IEnumerable<string> base64BlockIds,
        BlobHttpHeaders? httpHeaders = null,
        IDictionary<string, string>? metadata = null,
        BlobRequestConditions? conditions = null,
        AccessTier? accessTier = null,
        CancellationToken cancellationToken = default) =>
        CommitBlockListAsync(
            base64BlockIds,
            new CommitBlockListOptions { HttpHeaders = httpHeaders, Metadata = metadata, Conditions = conditions, AccessTier = accessTier },
            cancellationToken);

    /// <summary>Makes the blob out of these blocks, in this order.</summary>
    /// <exception cref="RequestFailedException">400 InvalidBlockList for an unknown block; a condition fails here, after all bytes were sent.</exception>
    public virtual async Task<Response<BlobContentInfo>> CommitBlockListAsync(
        IEnumerable<string> base64BlockIds, CommitBlockListOptions options, CancellationToken cancellationToken = default)
    {
        using var message = Rest.Create(RequestMethod.Put, Uri, ("comp", "blocklist"));
        using var body = RequestContent.Create(BlobXml.WriteBlockList(base64BlockIds));
        message.Request.Body(body);
        message.Request.Headers.SetValue("Content-Type", "application/xml");
        message.Request.HttpHeaders(options?.HttpHeaders);
        message.Request.Metadata(options?.Metadata);
        message.Request.Conditions(options?.Conditions);
        message.Request.TierAndTags(options?.AccessTier, options?.Tags);
        var response = await Rest.SendAsync(message, cancellationToken, 201).ConfigureAwait(false);
        return Response.FromValue(BlobHeaders.ContentInfo(response), response);
    }

    public virtual async Task<Response<BlockList>> GetBlockListAsync(
        BlockListTypes blockListTypes = BlockListTypes.All,
        string? snapshot = null,
        BlobRequestConditions? conditions = null,
        CancellationToken cancellationToken = default)
    {
        var types = blockListTypes switch { BlockListTypes.Committed => "committed", BlockListTypes.Uncommitted => "uncommitted", _ => "all" };
        using var message = Rest.Create(RequestMethod.Get, Uri, ("comp", "blocklist"), ("blocklisttype", types), ("snapshot", snapshot));
        message.Request.Conditions(conditions);
        var response = await Rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        var (committed, uncommitted) = BlobXml.ReadBlockList(response.Content);
        var info = BlobHeaders.Info(response);
        return Response.FromValue(
            new BlockList
            {
                ETag = info.ETag,
                LastModified = info.LastModified,
                ContentType = response.Headers.ContentType,
                BlobContentLength = long.TryParse(BlobHeaders.Text(response, "x-ms-blob-content-length"), out var length) ? length : 0,
                CommittedBlocks = committed,
                UncommittedBlocks = uncommitted,
            },
            response);
    }

    /// <summary>Made by another client, sharing its pipeline.</summary>
    internal sealed class Connected(BlobRest rest, Uri uri) : BlockBlobClient(rest, uri);
}
