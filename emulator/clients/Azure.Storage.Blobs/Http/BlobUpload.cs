using System.Security.Cryptography;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Serverless.Emulator.Storage;

/// <summary>One upload: a single request while the content is small or of known size up to the limit, staged blocks beyond.</summary>
internal sealed class BlobUpload(BlobRest rest, Uri uri, BlobUploadOptions options)
{
    private const long SinglePut = 256L << 20;
    private const long Block = 4 << 20;
    private const long LargeBlock = 8 << 20;
    private const long LargeFrom = 100L << 20;
    private const int Concurrency = 5;

    private long _sent;

    public async Task<Response<BlobContentInfo>> RunAsync(Stream content, CancellationToken cancellationToken)
    {
        var limit = options.TransferOptions.InitialTransferSize ?? SinglePut;
        long? length = content.CanSeek ? content.Length - content.Position : null;
        if (length is { } known && known <= limit)
            return await PutAsync(content, known, cancellationToken).ConfigureAwait(false);

        var blockSize = options.TransferOptions.MaximumTransferSize ?? (length >= LargeFrom ? LargeBlock : Block);
        var first = await ReadBlockAsync(content, blockSize, cancellationToken).ConfigureAwait(false);
        // Length unknown, and it was all of it.
        if (first.Length < blockSize && length is null && first.Length <= limit)
            return await PutAsync(new MemoryStream(first, writable: false), first.Length, cancellationToken).ConfigureAwait(false);
        return await StageAsync(first, content, blockSize, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Response<BlobContentInfo>> PutAsync(Stream content, long length, CancellationToken cancellationToken)
    {
        using var message = rest.Create(RequestMethod.Put, uri);
        using var body = new StreamBody(content);
        message.Request.Body(body);
        message.Request.Headers.SetValue("x-ms-blob-type", "BlockBlob");
        message.Request.HttpHeaders(options.HttpHeaders);
        message.Request.Metadata(options.Metadata);
        message.Request.Conditions(options.Conditions);
        message.Request.TierAndTags(options.AccessTier, options.Tags);
        var response = await rest.SendAsync(message, cancellationToken, 201).ConfigureAwait(false);
        options.ProgressHandler?.Report(length);
        return Response.FromValue(BlobHeaders.ContentInfo(response), response);
    }

    private async Task<Response<BlobContentInfo>> StageAsync(byte[] first, Stream remaining, long blockSize, CancellationToken cancellationToken)
    {
        var blob = new BlockBlobClient.Connected(rest, uri);
        var ids = new List<string>();
        var staging = new List<Task>();
        using var free = new SemaphoreSlim(options.TransferOptions.MaximumConcurrency ?? Concurrency);
        var block = first;
        try
        {
            while (block.Length > 0)
            {
                await free.WaitAsync(cancellationToken).ConfigureAwait(false);
                // Random ids, as the official client does since 12.30: two uploads at the same time do not mix their blocks.
                var id = Convert.ToBase64String(RandomNumberGenerator.GetBytes(36));
                ids.Add(id);
                staging.Add(StageBlockAsync(blob, id, block, free, cancellationToken));
                block = await ReadBlockAsync(remaining, blockSize, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(staging).ConfigureAwait(false);
        }

        return await blob.CommitBlockListAsync(
            ids,
            new CommitBlockListOptions
            {
                HttpHeaders = options.HttpHeaders,
                Metadata = options.Metadata,
                Conditions = options.Conditions,
                AccessTier = options.AccessTier,
                Tags = options.Tags,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task StageBlockAsync(BlockBlobClient blob, string id, byte[] block, SemaphoreSlim free, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new MemoryStream(block, writable: false);
            await blob.StageBlockAsync(id, content, new BlockBlobStageBlockOptions { Conditions = options.Conditions }, cancellationToken).ConfigureAwait(false);
            options.ProgressHandler?.Report(Interlocked.Add(ref _sent, block.Length));
        }
        finally
        {
            free.Release();
        }
    }

    private static async Task<byte[]> ReadBlockAsync(Stream content, long blockSize, CancellationToken cancellationToken)
    {
        var buffer = new byte[content.CanSeek ? Math.Min(blockSize, Math.Max(0, content.Length - content.Position)) : blockSize];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == buffer.Length ? buffer : buffer[..read];
    }
}
