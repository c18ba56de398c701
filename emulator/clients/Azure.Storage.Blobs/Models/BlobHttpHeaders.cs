namespace Azure.Storage.Blobs.Models;

/// <summary>What a download answers in its headers. Setting them clears those not given.</summary>
public class BlobHttpHeaders
{
    public string? CacheControl { get; set; }
    public string? ContentDisposition { get; set; }
    public string? ContentEncoding { get; set; }
    public string? ContentLanguage { get; set; }
    public string? ContentType { get; set; }
    public byte[]? ContentHash { get; set; }
}
