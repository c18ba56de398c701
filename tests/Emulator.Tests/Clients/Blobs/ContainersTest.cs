using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class ContainersTest(StorageFixture azurite)
{
    [Fact]
    public async Task Creating_a_container_twice_is_refused_and_create_if_not_exists_answers_null()
    {
        var container = azurite.Blobs().GetBlobContainerClient(StorageFixture.NewName("c"));

        Assert.False((await container.ExistsAsync()).Value);
        Assert.NotNull(await container.CreateIfNotExistsAsync());
        Assert.True((await container.ExistsAsync()).Value);
        Assert.Null(await container.CreateIfNotExistsAsync());
        await Refused.WithAsync(409, BlobErrorCode.ContainerAlreadyExists, () => container.CreateAsync());
    }

    [Theory]
    [InlineData("Upper", 400, "InvalidResourceName")]
    [InlineData("double--dash", 400, "InvalidResourceName")]
    [InlineData("ab", 400, "OutOfRangeInput")]
    public async Task An_invalid_name_is_refused(string name, int status, string code) =>
        await Refused.WithAsync(status, code, () => azurite.Blobs().GetBlobContainerClient(name).CreateAsync());

    [Fact]
    public async Task In_a_missing_container_calls_are_404_while_exists_and_delete_if_exists_are_false()
    {
        var container = azurite.Blobs().GetBlobContainerClient(StorageFixture.NewName("c"));
        var blob = container.GetBlobClient("b");

        await Refused.WithAsync(404, BlobErrorCode.ContainerNotFound, () => blob.UploadAsync(BinaryData.FromString("x")));
        await Refused.WithAsync(404, BlobErrorCode.ContainerNotFound, () => blob.DownloadContentAsync());
        await Refused.WithAsync(404, BlobErrorCode.ContainerNotFound, () => container.DeleteAsync());
        Assert.False((await blob.ExistsAsync()).Value);
        Assert.False((await blob.DeleteIfExistsAsync()).Value);
        Assert.False((await container.DeleteIfExistsAsync()).Value);
    }

    [Fact]
    public async Task Listing_a_missing_container_throws_with_the_first_step()
    {
        var listing = azurite.Blobs().GetBlobContainerClient(StorageFixture.NewName("c")).GetBlobsAsync();

        await using var step = listing.GetAsyncEnumerator();
        await Refused.WithAsync(404, BlobErrorCode.ContainerNotFound, () => step.MoveNextAsync().AsTask());
    }

    [Fact]
    public async Task Metadata_and_listing_of_containers()
    {
        var name = StorageFixture.NewName("c");
        var service = azurite.Blobs();
        await service.CreateBlobContainerAsync(name, metadata: new Dictionary<string, string> { ["Kind"] = "documents" });

        var listed = new List<BlobContainerItem>();
        await foreach (var item in service.GetBlobContainersAsync(BlobContainerTraits.Metadata, prefix: name))
            listed.Add(item);

        Assert.Equal((name, "documents"), (Assert.Single(listed).Name, listed[0].Properties.Metadata["kind"]));
        await service.GetBlobContainerClient(name).SetMetadataAsync(new Dictionary<string, string> { ["Kind"] = "statements" });
        Assert.Equal("statements", (await service.GetBlobContainerClient(name).GetPropertiesAsync()).Value.Metadata["KIND"]);
        Assert.Equal(202, (await service.DeleteBlobContainerAsync(name)).Status);
    }

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a/b/c")]
    [InlineData("a b/ü#?%25&+=/çmimi 1,5€.pdf")]
    public async Task A_blob_may_have_any_name_and_the_client_gives_it_back_unescaped(string name)
    {
        var container = await azurite.NewContainerAsync();
        await container.UploadBlobAsync(name, BinaryData.FromString(name));

        var blob = container.GetBlobClient(name);
        var names = new List<string>();
        await foreach (var item in container.GetBlobsAsync())
            names.Add(item.Name);

        Assert.Equal(name, blob.Name);
        Assert.Equal(name, (await blob.DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal([name], names);
    }
}
