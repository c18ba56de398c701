namespace Azure.Storage.Blobs.Models;

public class BlobDownloadToOptions
{
    public BlobRequestConditions? Conditions { get; set; }
    public IProgress<long>? ProgressHandler { get; set; }
    public StorageTransferOptions TransferOptions { get; set; }
}
