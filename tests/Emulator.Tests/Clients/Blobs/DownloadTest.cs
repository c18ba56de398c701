using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class DownloadTest(StorageFixture azurite)
{
    private static readonly BlobRequestConditions Stale = new() { IfMatch = new ETag("\"0x1\"") };

    [Fact]
    public async Task A_missing_blob_is_404_with_its_error_code_also_where_the_answer_has_no_body()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("missing");

        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.DownloadContentAsync());
        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.DownloadStreamingAsync());
        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.GetPropertiesAsync());
        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.SetMetadataAsync(new Dictionary<string, string>()));
        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.DeleteAsync());
        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.OpenReadAsync());
    }

    [Fact]
    public async Task A_download_carries_etag_content_type_and_metadata()
    {
        var (blob, uploaded) = await BlobAsync("content");

        var content = (await blob.DownloadContentAsync()).Value;
        using var streaming = (await blob.DownloadStreamingAsync()).Value;

        Assert.Equal("content", content.Content.ToString());
        Assert.Equal("content", await new StreamReader(streaming.Content).ReadToEndAsync());
        foreach (var details in new[] { content.Details, streaming.Details })
            Assert.Equal((uploaded, "text/plain", "v", 7L), (details.ETag, details.ContentType, details.Metadata["KEY"], details.ContentLength));
    }

    [Fact]
    public async Task A_range_is_read_alone_and_one_outside_the_blob_is_416()
    {
        var (blob, _) = await BlobAsync("0123456789");

        var part = await blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(3, 4) });

        Assert.Equal(("3456", "bytes 3-6/10"), (part.Value.Content.ToString(), part.Value.Details.ContentRange));
        await Refused.WithAsync(416, BlobErrorCode.InvalidRange, () => blob.DownloadContentAsync(new BlobDownloadOptions { Range = new HttpRange(100, 1) }));
    }

    [Fact]
    public async Task A_file_is_uploaded_and_downloaded_by_its_path()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        var folder = Directory.CreateTempSubdirectory("serverless-blobs-");
        try
        {
            var bytes = RandomNumberGenerator.GetBytes(100_000);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "in"), bytes);

            await blob.UploadAsync(Path.Combine(folder.FullName, "in"));
            await blob.DownloadToAsync(Path.Combine(folder.FullName, "out"));

            Assert.Equal(bytes, await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "out")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Open_read_fetches_piece_by_piece_and_seeks()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        var bytes = RandomNumberGenerator.GetBytes(10_000);
        await blob.UploadAsync(new BinaryData(bytes));

        await using var stream = await blob.OpenReadAsync(position: 500, bufferSize: 3000);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        stream.Seek(-10, SeekOrigin.End);
        var tail = new byte[10];
        await stream.ReadExactlyAsync(tail);

        Assert.Equal(bytes[500..], read.ToArray());
        Assert.Equal(bytes[^10..], tail);
        Assert.Equal(10_000, stream.Length);
    }

    [Fact]
    public async Task A_change_while_reading_is_412_on_the_next_fetch()
    {
        var (blob, _) = await BlobAsync(new string('a', 100));
        await using var stream = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { BufferSize = 50 });
        await stream.ReadExactlyAsync(new byte[50]);

        await blob.UploadAsync(BinaryData.FromString(new string('b', 100)), overwrite: true);

        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => stream.ReadExactlyAsync(new byte[50]).AsTask());
    }

    [Fact]
    public async Task A_change_while_reading_is_seen_where_changes_are_allowed()
    {
        var (blob, _) = await BlobAsync(new string('a', 100));
        await using var stream = await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: true) { BufferSize = 50 });
        await stream.ReadExactlyAsync(new byte[50]);

        await blob.UploadAsync(BinaryData.FromString(new string('b', 100)), overwrite: true);

        var rest = new byte[50];
        await stream.ReadExactlyAsync(rest);
        Assert.All(rest, b => Assert.Equal((byte)'b', b));
    }

    [Fact]
    public async Task A_stale_if_match_is_412_for_every_operation_and_so_is_a_false_tag_condition()
    {
        var (blob, _) = await BlobAsync("content");

        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.UploadAsync(
            BinaryData.FromString("x"), new BlobUploadOptions { Conditions = Stale }));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = Stale }));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.SetMetadataAsync(new Dictionary<string, string>(), Stale));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.DeleteAsync(conditions: Stale));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.DeleteIfExistsAsync(conditions: Stale));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, () => blob.DownloadContentAsync(
            new BlobDownloadOptions { Conditions = new() { TagConditions = "\"status\" = 'closed'" } }));
        await Refused.WithAsync(412, BlobErrorCode.ConditionNotMet, async () =>
            await (await azurite.NewContainerAsync()).GetBlobClient("missing").UploadAsync(
                BinaryData.FromString("x"), new BlobUploadOptions { Conditions = Stale }));
    }

    [Fact]
    public async Task Delete_is_202_and_delete_if_exists_tells_whether_there_was_one()
    {
        var (blob, _) = await BlobAsync("content");

        Assert.Equal(202, (await blob.DeleteAsync()).Status);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
        await blob.UploadAsync(BinaryData.FromString("x"));
        Assert.True((await blob.DeleteIfExistsAsync()).Value);
    }

    private async Task<(BlobClient Blob, ETag ETag)> BlobAsync(string content)
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        var uploaded = await blob.UploadAsync(BinaryData.FromString(content), new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain" },
            Metadata = new Dictionary<string, string> { ["Key"] = "v" },
            Tags = new Dictionary<string, string> { ["status"] = "open" },
        });
        return (blob, uploaded.Value.ETag);
    }
}
