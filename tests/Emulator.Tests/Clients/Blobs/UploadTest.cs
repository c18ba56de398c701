using System.IO.Pipelines;
using System.Security.Cryptography;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class UploadTest(StorageFixture azurite)
{
    private static readonly BinaryData Text = BinaryData.FromString("text");
    private static readonly StorageTransferOptions Small = new() { InitialTransferSize = 100, MaximumTransferSize = 1000 };

    [Fact]
    public async Task Every_upload_is_201_with_a_new_etag_even_for_the_same_bytes()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");

        var first = await blob.UploadAsync(Text);
        var second = await blob.UploadAsync(Text, overwrite: true);

        Assert.Equal((201, 201), (first.GetRawResponse().Status, second.GetRawResponse().Status));
        Assert.NotEqual(first.Value.ETag, second.Value.ETag);
        Assert.Null(second.Value.VersionId);
        Assert.Equal(MD5.HashData("text"u8), second.Value.ContentHash);
    }

    [Fact]
    public async Task An_empty_upload_and_the_download_of_an_empty_blob_work()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");

        await blob.UploadAsync(new BinaryData(Array.Empty<byte>()));

        Assert.Empty((await blob.DownloadContentAsync()).Value.Content.ToArray());
        using var destination = new MemoryStream();
        await blob.DownloadToAsync(destination);
        Assert.Equal(0, destination.Length);
        await using var reading = await blob.OpenReadAsync();
        Assert.Equal(-1, reading.ReadByte());
    }

    [Fact]
    public async Task A_stream_is_uploaded_from_its_current_position()
    {
        var container = await azurite.NewContainerAsync();
        using var content = new MemoryStream("0123456789"u8.ToArray());

        content.Position = 4;
        await container.GetBlobClient("single").UploadAsync(content);
        content.Position = 7;
        await container.GetBlobClient("staged").UploadAsync(
            content, new BlobUploadOptions { TransferOptions = new StorageTransferOptions { InitialTransferSize = 1, MaximumTransferSize = 2 } });

        Assert.Equal("456789", (await container.GetBlobClient("single").DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal("789", (await container.GetBlobClient("staged").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Beyond_the_initial_transfer_size_blocks_are_staged_and_committed()
    {
        var container = await azurite.NewContainerAsync();
        var bytes = RandomNumberGenerator.GetBytes(3500);
        var progress = new Highest();

        await container.GetBlobClient("b").UploadAsync(
            new MemoryStream(bytes), new BlobUploadOptions { TransferOptions = Small, ProgressHandler = progress, Metadata = new Dictionary<string, string> { ["k"] = "v" } });

        var blocks = (await container.GetBlockBlobClient("b").GetBlockListAsync()).Value;
        Assert.Equal([1000, 1000, 1000, 500], blocks.CommittedBlocks.Select(b => b.SizeLong));
        Assert.Empty(blocks.UncommittedBlocks);
        var read = (await container.GetBlobClient("b").DownloadContentAsync()).Value;
        Assert.Equal(bytes, read.Content.ToArray());
        Assert.Equal("v", read.Details.Metadata["k"]);
        Assert.Equal(3500, progress.Value);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(2500)]
    public async Task A_stream_of_unknown_length_is_uploaded_whole(int length)
    {
        var container = await azurite.NewContainerAsync();
        var bytes = RandomNumberGenerator.GetBytes(length);
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(bytes);
        await pipe.Writer.CompleteAsync();

        await container.GetBlobClient("b").UploadAsync(pipe.Reader.AsStream(), new BlobUploadOptions { TransferOptions = Small });

        Assert.Equal(bytes, (await container.GetBlobClient("b").DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_staged_upload_that_may_not_overwrite_is_refused_on_the_commit()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        await blob.UploadAsync(Text);

        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(
            new MemoryStream(new byte[2000]), new BlobUploadOptions { TransferOptions = Small, Conditions = new() { IfNoneMatch = ETag.All } }));

        Assert.Equal("text", (await blob.DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Staged_blocks_alone_do_not_make_the_blob_exist_and_an_unknown_block_is_refused()
    {
        var container = await azurite.NewContainerAsync();
        var blob = container.GetBlockBlobClient("b");
        await blob.StageBlockAsync(Convert.ToBase64String("1"u8), new MemoryStream([1]));

        Assert.False((await blob.ExistsAsync()).Value);
        await Refused.WithAsync(400, BlobErrorCode.InvalidBlockList, () => blob.CommitBlockListAsync([Convert.ToBase64String("2"u8)]));
        await blob.CommitBlockListAsync([Convert.ToBase64String("1"u8)]);
        Assert.True((await blob.ExistsAsync()).Value);
    }

    [Fact]
    public async Task One_of_several_concurrent_create_only_uploads_wins()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await blob.UploadAsync(BinaryData.FromString($"{i}"));
                return $"{i}";
            }
            catch (RequestFailedException refused)
            {
                return refused.ErrorCode;
            }
        }));

        Assert.Equal(7, outcomes.Count(o => o == BlobErrorCode.BlobAlreadyExists));
        Assert.Contains((await blob.DownloadContentAsync()).Value.Content.ToString(), outcomes);
    }

    [Fact]
    public async Task Metadata_names_are_identifiers_and_values_ascii()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        Task UploadWith(string name, string value) =>
            blob.UploadAsync(Text, new BlobUploadOptions { Metadata = new Dictionary<string, string> { [name] = value } });

        await Refused.WithAsync(400, BlobErrorCode.InvalidMetadata, () => UploadWith("not-an-identifier", "v"));
        await Refused.WithAsync(0, () => UploadWith("name", "çmimi"));
        Assert.False((await blob.ExistsAsync()).Value);
    }

    private sealed class Highest : IProgress<long>
    {
        private long _value;

        public long Value => Interlocked.Read(ref _value);

        public void Report(long value)
        {
            lock (this)
                _value = Math.Max(_value, value);
        }
    }
}
