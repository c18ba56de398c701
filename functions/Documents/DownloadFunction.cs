using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Documents;

public sealed class DownloadFunction(DownloadDocument download)
{
    [Function("Documents_Download")]
    [Access(Right.Public)]
    [Summary("Fetches the document that a link is for; the link is all it needs, and lives for minutes.")]
    [Answers(200, ContentType = "application/octet-stream", Meaning = "The file, of its own media type: `application/pdf`, `text/csv`, `application/xml`, `text/plain`.")]
    [Refuses<LinkNotFound>, Refuses<LinkExpired>, Refuses<DocumentNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/downloads/{token}")] HttpRequest request, string token)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return download.RunAsync(token, request.HttpContext.RequestAborted)
            .Respond(file => TypedResults.File(file.Content, file.ContentType, file.Name));
    }
}
