using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class SasTest(StorageFixture azurite)
{
    private static readonly BinaryData Text = BinaryData.FromString("text");
    private static DateTimeOffset InAnHour => TimeProvider.System.GetUtcNow().AddHours(1);

    [Fact]
    public async Task A_link_lets_anybody_do_what_it_says_and_nothing_else()
    {
        var blob = await BlobAsync();
        var link = blob.GenerateSasUri(BlobSasPermissions.Read, InAnHour);
        var guest = new BlobClient(link);

        Assert.True(blob.CanGenerateSasUri);
        Assert.False(guest.CanGenerateSasUri);
        Assert.Equal("text", (await guest.DownloadContentAsync()).Value.Content.ToString());
        await Refused.WithAsync(403, BlobErrorCode.AuthorizationPermissionMismatch, () => guest.DeleteAsync());
        await Refused.WithAsync(403, () => new BlobClient(blob.Uri, new AzureSasCredential(link.Query.Replace("sp=r", "sp=rd", StringComparison.Ordinal))).DeleteAsync());
    }

    [Fact]
    public async Task A_container_link_reaches_every_blob_of_it()
    {
        var blob = await BlobAsync();
        var container = azurite.Blobs().GetBlobContainerClient(blob.BlobContainerName);
        var guest = new BlobContainerClient(container.GenerateSasUri(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List, InAnHour));

        var names = new List<string>();
        await foreach (var item in guest.GetBlobsAsync())
            names.Add(item.Name);

        Assert.Equal([blob.Name], names);
        Assert.Equal("text", (await guest.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task Create_allows_a_new_blob_and_no_overwrite()
    {
        var container = await azurite.NewContainerAsync();
        var link = container.GetBlobClient("new").GenerateSasUri(BlobSasPermissions.Create, InAnHour);

        await new BlobClient(link).UploadAsync(Text);
        await Refused.WithAsync(403, () => new BlobClient(link).UploadAsync(Text, overwrite: true));
    }

    [Fact]
    public async Task An_expired_an_altered_and_an_https_only_link_are_403()
    {
        var blob = await BlobAsync();
        var expired = blob.GenerateSasUri(BlobSasPermissions.Read, TimeProvider.System.GetUtcNow().AddMinutes(-1));
        var longer = new UriBuilder(expired) { Query = expired.Query.Replace("se=20", "se=21", StringComparison.Ordinal) }.Uri;
        var https = blob.GenerateSasUri(new BlobSasBuilder(BlobSasPermissions.Read, InAnHour) { Protocol = SasProtocol.Https });

        await Refused.WithAsync(403, () => new BlobClient(expired).DownloadContentAsync());
        await Refused.WithAsync(403, () => new BlobClient(longer).DownloadContentAsync());
        await Refused.WithAsync(403, BlobErrorCode.AuthorizationProtocolMismatch, () => new BlobClient(https).DownloadContentAsync());
        await Refused.WithAsync(403, () => new BlobClient(blob.Uri).DownloadContentAsync());
    }

    [Fact]
    public async Task A_link_can_name_the_file_that_a_browser_saves()
    {
        var blob = await BlobAsync();
        var link = blob.GenerateSasUri(new BlobSasBuilder(BlobSasPermissions.Read, InAnHour) { ContentDisposition = "attachment; filename=\"statement.pdf\"" });

        var read = await new BlobClient(link).DownloadContentAsync();

        Assert.Equal("attachment; filename=\"statement.pdf\"", read.Value.Details.ContentDisposition);
    }

    [Fact]
    public async Task The_library_signs_with_its_own_version_and_16_lines()
    {
        var blob = await BlobAsync();
        var builder = new BlobSasBuilder(BlobSasPermissions.Write | BlobSasPermissions.Read, InAnHour)
        {
            BlobContainerName = blob.BlobContainerName,
            BlobName = blob.Name,
            Version = "2015-04-05",
        };

        var signed = builder.ToSasQueryParameters(new Azure.Storage.StorageSharedKeyCredential(blob.AccountName, "a2V5"), out var stringToSign);

        var lines = stringToSign.Split('\n');
        Assert.Equal(16, lines.Length);
        Assert.Equal(("rw", $"/blob/{blob.AccountName}/{blob.BlobContainerName}/{blob.Name}", "2026-10-06", "b"), (lines[0], lines[3], lines[7], lines[8]));
        Assert.Equal(("2026-10-06", "b", "rw"), (signed.Version, signed.Resource, signed.Permissions));
    }

    [Fact]
    public async Task Without_an_account_key_no_link_can_be_made()
    {
        var guest = new BlobClient((await BlobAsync()).Uri);

        Assert.Equal("sharedKeyCredential", Assert.Throws<ArgumentNullException>(() => guest.GenerateSasUri(BlobSasPermissions.Read, InAnHour)).ParamName);
    }

    [Fact]
    public async Task A_builder_needs_expiry_and_permissions_and_no_other_place()
    {
        var blob = await BlobAsync();
        var noExpiry = new BlobSasBuilder();
        noExpiry.SetPermissions(BlobSasPermissions.Read);

        Assert.Contains("missing required parameter", Throws(noExpiry), StringComparison.Ordinal);
        Assert.Contains("missing required parameter", Throws(new BlobSasBuilder { ExpiresOn = InAnHour }), StringComparison.Ordinal);
        Assert.Contains("BlobName", Throws(new BlobSasBuilder(BlobSasPermissions.Read, InAnHour) { BlobName = "other" }), StringComparison.Ordinal);
        Assert.Contains("BlobContainerName", Throws(new BlobSasBuilder(BlobSasPermissions.Read, InAnHour) { BlobContainerName = "other" }), StringComparison.Ordinal);

        string Throws(BlobSasBuilder builder) => Assert.Throws<InvalidOperationException>(() => blob.GenerateSasUri(builder)).Message;
    }

    private async Task<BlobClient> BlobAsync()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("folder/b");
        await blob.UploadAsync(Text);
        return blob;
    }
}
