using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.OpenApi;

namespace Serverless.Functions.OpenApi;

/// <summary>The document as it is sent, without white space. Made once: it cannot change while the app runs.</summary>
public sealed class OpenApiText
{
    private readonly Lazy<Task<(byte[] Json, string ETag)>> made;

    internal OpenApiText(OpenApiDocumentFactory factory) => made = new(async () =>
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var writer = new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true });
        factory.Make().SerializeAsV31(writer);
        await writer.FlushAsync();
        var json = Encoding.UTF8.GetBytes(text.ToString());
        return (json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"");
    });

    public Task<(byte[] Json, string ETag)> GetAsync() => made.Value;
}
