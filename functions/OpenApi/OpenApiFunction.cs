using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

public sealed class OpenApiFunction(OpenApiText text)
{
    [Function("Api_GetOpenApi")]
    [Access(Right.Public)]
    [Summary("This document.")]
    [Answers(200, ContentType = "application/json", Meaning = "OpenAPI 3.1.")]
    [Answers(304, Meaning = "The copy that the caller has is still right.")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request)
    {
        var (json, etag) = await text.GetAsync();
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(json, "application/json", entityTag: new EntityTagHeaderValue(etag));
    }
}
