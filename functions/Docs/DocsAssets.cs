using System.IO.Compression;

namespace Serverless.Functions.Docs;

/// <summary>The reference page's scripts: Scalar as its npm package ships it, put beside the app by the build, and the lines that start it.</summary>
public sealed class DocsAssets
{
    public const string ScalarName = "scalar.js";
    public const string StartName = "start.js";

    /// <summary>No fonts, proxies or telemetry of others: the page works without the internet.</summary>
    public const string StartScript = """
        Scalar.createApiReference('#app', {
          url: new URL('../openapi.json', document.currentScript.src.replace('/assets/', '/')).href,
          withDefaultFonts: false,
          telemetry: false,
          hideClientButton: true,
          defaultOpenAllTags: false,
          documentDownloadType: 'direct',
          agent: { disabled: true },
          mcp: { disabled: true },
          showDeveloperTools: 'never',
        });
        """;

    private readonly Lazy<byte[]?> scalar = new(() => ReadCompressed(Path.Combine(AppContext.BaseDirectory, "docs-assets", ScalarName)));

    /// <summary>Gzip. Null when the app was built without the npm packages.</summary>
    public byte[]? Scalar => scalar.Value;

    private static byte[]? ReadCompressed(string path)
    {
        if (!File.Exists(path))
            return null;
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        using (var file = File.OpenRead(path))
            file.CopyTo(gzip);
        return compressed.ToArray();
    }
}
