using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class LeasesTest(StorageFixture azurite)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(15);
    private static readonly BinaryData Text = BinaryData.FromString("text");

    [Fact]
    public async Task A_leased_blob_is_written_only_with_the_lease_and_read_by_anyone()
    {
        var blob = await BlobAsync();
        var lease = blob.GetBlobLeaseClient();
        Assert.Equal(lease.LeaseId, (await lease.AcquireAsync(Shortest)).Value.LeaseId);
        Task UploadWith(string? leaseId) => blob.UploadAsync(Text, new BlobUploadOptions { Conditions = new() { LeaseId = leaseId } });

        await Refused.WithAsync(412, BlobErrorCode.LeaseIdMissing, () => UploadWith(null));
        await Refused.WithAsync(412, BlobErrorCode.LeaseIdMissing, () => blob.DeleteAsync());
        await Refused.WithAsync(412, BlobErrorCode.LeaseIdMismatchWithBlobOperation, () => UploadWith(Guid.NewGuid().ToString()));
        await UploadWith(lease.LeaseId);
        await blob.DownloadContentAsync();
        Assert.Equal((LeaseState.Leased, LeaseStatus.Locked), await StateAsync(blob));

        await lease.ReleaseAsync();
        Assert.Equal((LeaseState.Available, LeaseStatus.Unlocked), await StateAsync(blob));
        await UploadWith(null);
    }

    [Fact]
    public async Task A_second_holder_is_refused_and_a_foreign_id_cannot_release()
    {
        var blob = await BlobAsync();
        var lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);
        var other = blob.GetBlobLeaseClient();

        await Refused.WithAsync(409, BlobErrorCode.LeaseAlreadyPresent, () => other.AcquireAsync(Shortest));
        await Refused.WithAsync(409, BlobErrorCode.LeaseIdMismatchWithLeaseOperation, () => other.ReleaseAsync());
        await lease.RenewAsync();
        var id = Guid.NewGuid().ToString();
        await lease.ChangeAsync(id);
        Assert.Equal(id, lease.LeaseId);
        await lease.ReleaseAsync();
        await other.AcquireAsync(Shortest);
    }

    [Fact]
    public async Task After_a_break_the_old_id_neither_writes_nor_renews()
    {
        var blob = await BlobAsync();
        var lease = blob.GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration);

        await blob.GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);

        await Refused.WithAsync(412, BlobErrorCode.LeaseNotPresentWithBlobOperation, () => blob.UploadAsync(
            Text, new BlobUploadOptions { Conditions = new() { LeaseId = lease.LeaseId } }));
        await Refused.WithAsync(409, BlobErrorCode.LeaseIsBrokenAndCannotBeRenewed, () => lease.RenewAsync());
    }

    [Fact]
    public async Task A_lease_of_another_length_is_refused()
    {
        var lease = (await BlobAsync()).GetBlobLeaseClient();

        await Refused.WithAsync(400, BlobErrorCode.InvalidHeaderValue, () => lease.AcquireAsync(TimeSpan.FromSeconds(14)));
        await Refused.WithAsync(400, BlobErrorCode.InvalidHeaderValue, () => lease.AcquireAsync(TimeSpan.FromSeconds(61)));
    }

    private async Task<BlobClient> BlobAsync()
    {
        var blob = (await azurite.NewContainerAsync()).GetBlobClient("b");
        await blob.UploadAsync(Text);
        return blob;
    }

    private static async Task<(LeaseState, LeaseStatus)> StateAsync(BlobClient blob)
    {
        var properties = (await blob.GetPropertiesAsync()).Value;
        return (properties.LeaseState, properties.LeaseStatus);
    }
}
