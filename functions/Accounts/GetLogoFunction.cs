using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class GetLogoFunction
{
    [Function("Accounts_GetLogo")]
    [Access(Right.Public)]
    [Summary("The picture of an account logo.")]
    [Answers(200, ContentType = "image/svg+xml")]
    [Refuses<LogoNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/account-logos/{name}")] HttpRequest request, string name)
    {
        if (AccountLogos.Find(name) is not { } logo)
            return new ProblemResult(new LogoNotFound());
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Text(logo.Svg, "image/svg+xml; charset=utf-8");
    }
}

public sealed record LogoNotFound() : NotFound("logo_not_found");
