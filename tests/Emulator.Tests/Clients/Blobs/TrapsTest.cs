using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

/// <summary>What surprises users of the official client.</summary>
public sealed class TrapsTest(StorageFixture azurite)
{
    private static readonly BinaryData One = BinaryData.FromString("one");
    private static readonly BinaryData Two = BinaryData.FromString("two");

    [Fact]
    public async Task The_client_speaks_service_version_2026_10_06_unless_told_otherwise()
    {
        var versions = new List<string>();
        foreach (var options in new[] { new BlobClientOptions(), new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05) })
        {
            options.AddPolicy(new Recorder(request => versions.Add(request.Headers.TryGetValue("x-ms-version", out var v) ? v : "")), HttpPipelinePosition.PerCall);
            await azurite.Blobs(options).GetBlobContainerClient(StorageFixture.NewName("c")).ExistsAsync();
        }

        Assert.Equal(["2026-10-06", "2025-11-05"], versions);
    }

    [Fact]
    public async Task An_upload_creates_only_unless_told_to_overwrite_or_given_options()
    {
        var container = await azurite.NewContainerAsync();
        var blob = container.GetBlobClient("b");
        await blob.UploadAsync(One);

        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(Two));
        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(Two, overwrite: false));
        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(Two.ToStream()));
        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => container.UploadBlobAsync("b", Two));
        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(
            Two, new BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } }));
        Assert.Equal("one", await ReadAsync(blob));

        await blob.UploadAsync(Two, new BlobUploadOptions());
        Assert.Equal("two", await ReadAsync(blob));
        await blob.UploadAsync(One, overwrite: true);
        Assert.Equal("one", await ReadAsync(blob));
    }

    [Fact]
    public async Task An_overwrite_replaces_metadata_and_headers_too()
    {
        var blob = await DescribedBlobAsync();

        await blob.UploadAsync(Two, overwrite: true);

        var properties = (await blob.GetPropertiesAsync()).Value;
        Assert.Empty(properties.Metadata);
        Assert.Equal("application/octet-stream", properties.ContentType);
    }

    [Fact]
    public async Task Setting_headers_clears_the_others_and_keeps_content_and_metadata()
    {
        var blob = await DescribedBlobAsync();

        await blob.SetHttpHeadersAsync(new BlobHttpHeaders { CacheControl = "no-store" });

        var read = (await blob.DownloadContentAsync()).Value;
        Assert.Equal(("one", "no-store", "v"), (read.Content.ToString(), read.Details.CacheControl, read.Details.Metadata["key"]));
        Assert.NotEqual("text/plain", read.Details.ContentType);
    }

    [Fact]
    public async Task Setting_metadata_replaces_all_pairs_and_keeps_the_content()
    {
        var blob = await DescribedBlobAsync();

        await blob.SetMetadataAsync(new Dictionary<string, string> { ["Other"] = "w" });

        var read = (await blob.DownloadContentAsync()).Value;
        Assert.Equal(("one", "text/plain"), (read.Content.ToString(), read.Details.ContentType));
        Assert.Equal("other w", $"{Assert.Single(read.Details.Metadata).Key.ToLowerInvariant()} {read.Details.Metadata["OTHER"]}");
    }

    [Fact]
    public async Task A_default_etag_as_if_match_is_no_condition()
    {
        var blob = await DescribedBlobAsync();

        await blob.UploadAsync(Two, new BlobUploadOptions { Conditions = new() { IfMatch = default(ETag) } });

        Assert.Equal("two", await ReadAsync(blob));
    }

    [Fact]
    public async Task A_conditional_read_that_finds_nothing_new_has_no_value_and_does_not_throw()
    {
        var blob = await DescribedBlobAsync();
        var current = new BlobRequestConditions { IfNoneMatch = (await blob.GetPropertiesAsync()).Value.ETag };

        var content = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = current });
        var streaming = await blob.DownloadStreamingAsync(new BlobDownloadOptions { Conditions = current });
        using var destination = new MemoryStream();
        var copied = await blob.DownloadToAsync(destination, new BlobDownloadToOptions { Conditions = current });

        Assert.Equal((false, 304), (content.HasValue, content.GetRawResponse().Status));
        Assert.Equal((false, 304), (streaming.HasValue, streaming.GetRawResponse().Status));
        Assert.IsNotType<RequestFailedException>(Assert.ThrowsAny<Exception>(() => content.Value));
        Assert.Equal((304, 0L), (copied.Status, destination.Length));
        await Refused.WithAsync(304, BlobErrorCode.ConditionNotMet, () => blob.GetPropertiesAsync(current));
    }

    [Fact]
    public async Task A_listed_etag_has_no_quotes_and_still_matches_as_a_condition()
    {
        var container = await azurite.NewContainerAsync();
        var blob = container.GetBlobClient("b");
        var fromHeader = (await blob.UploadAsync(One)).Value.ETag;

        var listed = new List<BlobItem>();
        await foreach (var item in container.GetBlobsAsync())
            listed.Add(item);
        var fromListing = Assert.Single(listed).Properties.ETag!.Value;

        Assert.False(fromHeader == fromListing);
        Assert.Equal(fromHeader.ToString("H"), fromListing.ToString("H"));
        var again = await blob.UploadAsync(Two, new BlobUploadOptions { Conditions = new() { IfMatch = fromListing } });
        await blob.UploadAsync(One, new BlobUploadOptions { Conditions = new() { IfMatch = again.Value.ETag } });
    }

    private async Task<BlobClient> DescribedBlobAsync()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        await blob.UploadAsync(One, new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "text/plain" },
            Metadata = new Dictionary<string, string> { ["Key"] = "v" },
        });
        return blob;
    }

    private static async Task<string> ReadAsync(BlobClient blob) => (await blob.DownloadContentAsync()).Value.Content.ToString();

    private sealed class Recorder(Action<Request> see) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => see(message.Request);
    }
}
