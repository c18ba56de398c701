using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;
using Serverless.Functions.Receipts;

namespace Serverless.Functions.Sessions;

public sealed class ListSessionKeysFunction(SessionKeys keys)
{
    [Function("Sessions_ListKeys")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary("Lists the public keys of the bank's access tokens.", Details = "A JWK set (RFC 7517): the key that signs now first, then those that are also taken while keys are changed.")]
    [Answers<KeySetResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/session-keys")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new KeySetResponse(keys.Public));
    }
}
