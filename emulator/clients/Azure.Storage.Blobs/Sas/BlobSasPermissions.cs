namespace Azure.Storage.Sas;

[Flags]
public enum BlobSasPermissions
{
    Read = 1,
    Add = 2,
    Create = 4,
    Write = 8,
    Delete = 16,
    Tag = 32,
    DeleteBlobVersion = 64,
    List = 128,
    Move = 256,
    Execute = 512,
    SetImmutabilityPolicy = 1024,
    PermanentDelete = 2048,
    All = -1,
}

[Flags]
public enum BlobContainerSasPermissions
{
    Read = 1,
    Add = 2,
    Create = 4,
    Write = 8,
    Delete = 16,
    List = 32,
    Tag = 64,
    DeleteBlobVersion = 128,
    Move = 256,
    Execute = 512,
    SetImmutabilityPolicy = 1024,
    Filter = 2048,
    All = -1,
}
