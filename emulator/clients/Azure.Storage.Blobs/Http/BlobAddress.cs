using System.Net;

namespace Serverless.Emulator.Storage;

/// <summary>Account, container and blob of a URI, in both styles: <c>account.blob.host/container</c> and <c>127.0.0.1/account/container</c>.</summary>
internal sealed record BlobAddress(string Account, string Container, string Blob)
{
    public static BlobAddress Of(Uri uri)
    {
        var pathStyle = IPAddress.TryParse(uri.Host, out _) || !uri.Host.Contains('.', StringComparison.Ordinal);
        var segments = uri.AbsolutePath.TrimStart('/').Split('/', pathStyle ? 3 : 2);
        var names = segments.Select(Uri.UnescapeDataString).ToList();
        if (!pathStyle)
            names.Insert(0, uri.Host.Split('.')[0]);
        while (names.Count < 3)
            names.Add("");
        return new BlobAddress(names[0], names[1], names[2]);
    }

    /// <summary>One step down: slashes in a blob's name stay, everything else that a URI reserves is escaped, and a SAS stays behind the path.</summary>
    public static Uri Append(Uri parent, string name)
    {
        var builder = new UriBuilder(parent);
        builder.Path = builder.Path.TrimEnd('/') + "/" + Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
        return builder.Uri;
    }
}
