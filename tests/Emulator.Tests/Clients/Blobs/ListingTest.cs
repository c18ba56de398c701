using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class ListingTest(StorageFixture azurite)
{
    [Fact]
    public async Task Blobs_come_in_ordinal_order_below_a_prefix()
    {
        var container = await FilledAsync("L/9", "L/a/x", "L/10", "L/b", "L/B", "other");

        Assert.Equal(["L/10", "L/9", "L/B", "L/a/x", "L/b"], await NamesAsync(container, new GetBlobsOptions { Prefix = "L/" }));
        Assert.Equal(6, (await NamesAsync(container, null)).Count);
    }

    [Fact]
    public async Task Metadata_comes_only_when_asked_for()
    {
        var container = await azurite.NewContainerAsync();
        await container.GetBlobClient("b").UploadAsync(
            BinaryData.FromString("12345"), new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["Key"] = "v" } });

        await foreach (var plain in container.GetBlobsAsync())
            Assert.Empty(plain.Metadata);
        await foreach (var item in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }))
        {
            Assert.Equal("v", item.Metadata["key"]);
            Assert.Equal((5L, BlobType.Block, "application/octet-stream"), (item.Properties.ContentLength, item.Properties.BlobType, item.Properties.ContentType));
        }
    }

    [Fact]
    public async Task Pages_have_the_asked_size_and_go_on_from_a_continuation_token()
    {
        var container = await FilledAsync("a", "b", "c", "d", "e");

        var pages = new List<(string Names, string? Token)>();
        await foreach (var page in container.GetBlobsAsync().AsPages(pageSizeHint: 2))
            pages.Add((string.Join(',', page.Values.Select(b => b.Name)), page.ContinuationToken));
        var rest = new List<string>();
        await foreach (var page in container.GetBlobsAsync().AsPages(pages[0].Token, 100))
            rest.AddRange(page.Values.Select(b => b.Name));

        Assert.Equal(["a,b", "c,d", "e"], pages.Select(p => p.Names));
        Assert.True(string.IsNullOrEmpty(pages[^1].Token));
        Assert.Equal(["c", "d", "e"], rest);
    }

    [Fact]
    public async Task By_hierarchy_the_prefixes_of_a_page_come_first()
    {
        var container = await FilledAsync("L/10", "L/9", "L/B", "L/a/x", "L/a/y", "L/b");

        var items = new List<string>();
        await foreach (var item in container.GetBlobsByHierarchyAsync(new GetBlobsByHierarchyOptions { Prefix = "L/", Delimiter = "/" }))
            items.Add(item.IsPrefix ? $"prefix {item.Prefix}" : $"blob {item.Blob!.Name}");

        Assert.Equal(["prefix L/a/", "blob L/10", "blob L/9", "blob L/B", "blob L/b"], items);
    }

    private async Task<BlobContainerClient> FilledAsync(params string[] names)
    {
        var container = await azurite.NewContainerAsync();
        foreach (var name in names)
            await container.UploadBlobAsync(name, BinaryData.FromString("1"));
        return container;
    }

    private static async Task<List<string>> NamesAsync(BlobContainerClient container, GetBlobsOptions? options)
    {
        var names = new List<string>();
        await foreach (var item in container.GetBlobsAsync(options))
            names.Add(item.Name);
        return names;
    }
}
