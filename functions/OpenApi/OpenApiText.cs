using System.Security.Cryptography;
using System.Text;
using Microsoft.OpenApi;

namespace Serverless.Functions.OpenApi;

/// <summary>The document as it is sent. Made once: it cannot change while the app runs.</summary>
public sealed class OpenApiText
{
    private readonly Lazy<Task<(byte[] Json, string ETag)>> made;

    internal OpenApiText(OpenApiDocumentFactory factory) => made = new(async () =>
    {
        var json = Encoding.UTF8.GetBytes(await factory.Make().SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        return (json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\"");
    });

    public Task<(byte[] Json, string ETag)> GetAsync() => made.Value;
}
