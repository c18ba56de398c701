using Azure.Core;

namespace Serverless.Emulator.Storage;

/// <summary>What a request of the Blob REST protocol is called in the spans of the official client.</summary>
/// <remarks>By the request, so that several methods that send the same one share a name: a look whether a blob exists is told as its properties.</remarks>
internal static class BlobOperations
{
    public static (string Client, string Operation) Of(Request request)
    {
        var (method, query) = (request.Method, request.Uri.Query);
        var isContainer = Has(query, "restype=container");
        if (Has(query, "comp=list"))
            return isContainer ? ("BlobContainerClient", "GetBlobs") : ("BlobServiceClient", "GetBlobContainers");
        if (Has(query, "comp=lease"))
            return ("BlobLeaseClient", request.Headers.TryGetValue("x-ms-lease-action", out var action) && action.Length > 0 ? $"{char.ToUpperInvariant(action[0])}{action[1..]}" : "Acquire");
        if (isContainer)
            return ("BlobContainerClient", Verb(method, "Create", query));
        if (Has(query, "comp=block&") || query.EndsWith("comp=block", StringComparison.Ordinal))
            return ("BlockBlobClient", "StageBlock");
        if (Has(query, "comp=blocklist"))
            return ("BlockBlobClient", method == RequestMethod.Put ? "CommitBlockList" : "GetBlockList");
        return method == RequestMethod.Put && !Has(query, "comp=") ? ("BlobClient", "Upload") : ("BlobBaseClient", Verb(method, "Upload", query));
    }

    private static string Verb(RequestMethod method, string put, string query) =>
        Has(query, "comp=metadata") ? "SetMetadata"
        : Has(query, "comp=properties") ? "SetHttpHeaders"
        : method == RequestMethod.Put ? put
        : method == RequestMethod.Delete ? "Delete"
        : method == RequestMethod.Head || Has(query, "restype=container") ? "GetProperties"
        : "DownloadContent";

    private static bool Has(string query, string part) => query.Contains(part, StringComparison.Ordinal);
}
