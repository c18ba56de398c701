namespace Azure.Storage.Sas;

public sealed class BlobSasQueryParameters : SasQueryParameters
{
    internal BlobSasQueryParameters()
    {
    }

    public override string ToString() => base.ToString();
}
