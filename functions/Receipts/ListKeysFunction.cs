using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Keys;
using Serverless.Banking.Receipts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Receipts;

public sealed class ListKeysFunction(ReceiptKeys keys)
{
    [Function("Receipts_ListKeys")]
    [Access(Right.Public)]
    [Priority(Priority.Vital)]
    [Summary("Lists the public keys of the bank's receipts.", Details = "A JWK set (RFC 7517). A key that signed once stays in it, so keep a copy and verify offline.")]
    [Answers<KeySetResponse>(200)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/keys")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new KeySetResponse(keys.Public));
    }
}

/// <param name="Keys">The one that signs now comes first.</param>
public sealed record KeySetResponse(IReadOnlyList<JsonWebKey> Keys);
