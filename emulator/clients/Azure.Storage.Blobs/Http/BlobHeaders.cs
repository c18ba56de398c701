using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Storage;

/// <summary>Options into request headers, response headers into models.</summary>
internal static class BlobHeaders
{
    private const string MetadataPrefix = "x-ms-meta-";

    public static void Body(this Request request, RequestContent content)
    {
        request.Content = content;
        request.Headers.Remove("Content-Length");
        if (content.TryComputeLength(out var length))
            request.Headers.SetValue("Content-Length", length.ToString(CultureInfo.InvariantCulture));
        request.Headers.SetValue("Content-Type", "application/octet-stream");
    }

    public static void Conditions(this Request request, RequestConditions? conditions)
    {
        if (conditions is null)
            return;
        Set(request, "If-Match", conditions.IfMatch?.ToString("H"));
        Set(request, "If-None-Match", conditions.IfNoneMatch?.ToString("H"));
        Set(request, "If-Modified-Since", conditions.IfModifiedSince?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
        Set(request, "If-Unmodified-Since", conditions.IfUnmodifiedSince?.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
        if (conditions is BlobLeaseRequestConditions tagged)
            Set(request, "x-ms-if-tags", tagged.TagConditions);
        if (conditions is BlobRequestConditions leased)
            Set(request, "x-ms-lease-id", leased.LeaseId);
    }

    /// <exception cref="RequestFailedException">Status 0: HTTP headers carry ASCII only.</exception>
    public static void Metadata(this Request request, IDictionary<string, string>? metadata)
    {
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
        {
            if (!Ascii.IsValid(name) || !Ascii.IsValid(value))
                throw new RequestFailedException("Request headers must contain only ASCII characters.");
            request.Headers.SetValue(MetadataPrefix + name, value);
        }
    }

    public static void HttpHeaders(this Request request, BlobHttpHeaders? headers)
    {
        if (headers is null)
            return;
        Set(request, "x-ms-blob-content-type", headers.ContentType);
        Set(request, "x-ms-blob-content-encoding", headers.ContentEncoding);
        Set(request, "x-ms-blob-content-language", headers.ContentLanguage);
        Set(request, "x-ms-blob-content-disposition", headers.ContentDisposition);
        Set(request, "x-ms-blob-cache-control", headers.CacheControl);
        Set(request, "x-ms-blob-content-md5", headers.ContentHash is { } hash ? Convert.ToBase64String(hash) : null);
    }

    public static void TierAndTags(this Request request, AccessTier? tier, IDictionary<string, string>? tags)
    {
        Set(request, "x-ms-access-tier", tier?.ToString());
        if (tags is { Count: > 0 })
            Set(request, "x-ms-tags", string.Join('&', tags.Select(t => $"{Uri.EscapeDataString(t.Key)}={Uri.EscapeDataString(t.Value)}")));
    }

    public static void Set(this Request request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            request.Headers.SetValue(name, value);
    }

    public static BlobContentInfo ContentInfo(Response response) => new()
    {
        ETag = Tag(response),
        LastModified = LastModified(response),
        ContentHash = Bytes(response, "Content-MD5"),
        VersionId = Text(response, "x-ms-version-id"),
    };

    public static BlobInfo Info(Response response) =>
        new() { ETag = Tag(response), LastModified = LastModified(response), VersionId = Text(response, "x-ms-version-id") };

    public static BlobContainerInfo ContainerInfo(Response response) => new() { ETag = Tag(response), LastModified = LastModified(response) };

    public static BlobContainerProperties ContainerProperties(Response response) => new()
    {
        ETag = Tag(response),
        LastModified = LastModified(response),
        LeaseState = Parse<LeaseState>(Text(response, "x-ms-lease-state")),
        LeaseStatus = Parse<LeaseStatus>(Text(response, "x-ms-lease-status")),
        LeaseDuration = Parse<LeaseDurationType>(Text(response, "x-ms-lease-duration")),
        PublicAccess = Text(response, "x-ms-blob-public-access") switch { "container" => PublicAccessType.BlobContainer, "blob" => PublicAccessType.Blob, _ => PublicAccessType.None },
        Metadata = Metadata(response),
    };

    public static BlobProperties Properties(Response response) => new()
    {
        BlobType = BlobTypeOf(Text(response, "x-ms-blob-type")) ?? BlobType.Block,
        ContentLength = response.Headers.ContentLengthLong ?? 0,
        ContentType = response.Headers.ContentType,
        ContentEncoding = Text(response, "Content-Encoding"),
        ContentLanguage = Text(response, "Content-Language"),
        ContentDisposition = Text(response, "Content-Disposition"),
        CacheControl = Text(response, "Cache-Control"),
        ContentHash = Bytes(response, "Content-MD5"),
        ETag = Tag(response),
        LastModified = LastModified(response),
        CreatedOn = Time(response, "x-ms-creation-time"),
        LeaseState = Parse<LeaseState>(Text(response, "x-ms-lease-state")) ?? LeaseState.Available,
        LeaseStatus = Parse<LeaseStatus>(Text(response, "x-ms-lease-status")) ?? LeaseStatus.Unlocked,
        LeaseDuration = Parse<LeaseDurationType>(Text(response, "x-ms-lease-duration")) ?? LeaseDurationType.Infinite,
        Metadata = Metadata(response),
        TagCount = Long(response, "x-ms-tag-count"),
        VersionId = Text(response, "x-ms-version-id"),
        AccessTier = Text(response, "x-ms-access-tier"),
    };

    public static BlobDownloadDetails DownloadDetails(Response response)
    {
        var properties = Properties(response);
        return new BlobDownloadDetails
        {
            BlobType = properties.BlobType,
            ContentLength = properties.ContentLength,
            ContentType = properties.ContentType,
            ContentEncoding = properties.ContentEncoding,
            ContentLanguage = properties.ContentLanguage,
            ContentDisposition = properties.ContentDisposition,
            CacheControl = properties.CacheControl,
            ContentHash = properties.ContentHash,
            BlobContentHash = Bytes(response, "x-ms-blob-content-md5"),
            ContentRange = Text(response, "Content-Range"),
            ETag = properties.ETag,
            LastModified = properties.LastModified,
            CreatedOn = properties.CreatedOn,
            LeaseState = properties.LeaseState,
            LeaseStatus = properties.LeaseStatus,
            LeaseDuration = properties.LeaseDuration,
            Metadata = properties.Metadata,
            TagCount = properties.TagCount,
            VersionId = properties.VersionId,
        };
    }

    public static BlobLease Lease(Response response) => new()
    {
        ETag = Tag(response),
        LastModified = LastModified(response),
        LeaseId = Text(response, "x-ms-lease-id"),
        LeaseTime = int.TryParse(Text(response, "x-ms-lease-time"), CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
    };

    public static string? Text(Response response, string name) => response.Headers.TryGetValue(name, out var value) ? value : null;

    // As sent, with its quotes: the official client keeps them, and the ETag of a listing has none.
    private static ETag Tag(Response response) => Text(response, "ETag") is { } etag ? new ETag(etag) : default;

    public static DateTimeOffset LastModified(Response response) => Time(response, "Last-Modified");

    public static T? Parse<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;

    public static BlobType? BlobTypeOf(string? text) => text switch
    {
        "BlockBlob" => BlobType.Block,
        "PageBlob" => BlobType.Page,
        "AppendBlob" => BlobType.Append,
        _ => null,
    };

    public static byte[]? Base64(string? text) => string.IsNullOrEmpty(text) ? null : Convert.FromBase64String(text);

    private static Dictionary<string, string> Metadata(Response response) => response.Headers
        .Where(h => h.Name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(h => h.Name[MetadataPrefix.Length..], h => h.Value, StringComparer.OrdinalIgnoreCase);

    private static byte[]? Bytes(Response response, string name) => Base64(Text(response, name));

    private static long Long(Response response, string name) => long.TryParse(Text(response, name), CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static DateTimeOffset Time(Response response, string name) =>
        Text(response, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : default;
}
