using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Functions.Http;

namespace Serverless.Functions.Docs;

public sealed class DocsAssetFunction(DocsAssets assets)
{
    private const string JavaScript = "text/javascript; charset=utf-8";

    [Function("Api_GetDocsAsset")]
    [Access(Right.Public)]
    [Summary("A script of the reference page.")]
    [Refuses<AssetNotFound>]
    [Answers(200, ContentType = "text/javascript")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/assets/{name}")] HttpRequest request, string name)
    {
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return name switch
        {
            DocsAssets.StartName => TypedResults.Text(DocsAssets.StartScript, JavaScript),
            DocsAssets.ScalarName when assets.Scalar is { } scalar => Script(request, scalar),
            _ => new ProblemResult(new AssetNotFound()),
        };
    }

    private static IResult Script(HttpRequest request, byte[] gzip)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=3600";
        headers.Vary = "Accept-Encoding";
        if (request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value == "gzip" && e.Quality is null or > 0))
        {
            headers.ContentEncoding = "gzip";
            return TypedResults.Bytes(gzip, JavaScript);
        }

        return TypedResults.Stream(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress), JavaScript);
    }
}

public sealed record AssetNotFound() : NotFound("asset_not_found");
