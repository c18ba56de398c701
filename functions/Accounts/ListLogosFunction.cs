using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Accounts;

public sealed class ListLogosFunction
{
    [Function("Accounts_ListLogos")]
    [Access(Right.Info)]
    [Summary("Lists the pictures that an account can be shown with.")]
    [Answers<LogosResponse>(200)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/logos")] HttpRequest request) => TypedResults.Ok(new LogosResponse(
        [.. AccountLogos.All.Select(logo => new LogoResponse(logo.Id, $"/api/public/v1/account-logos/{logo.Id}", logo.NameIn(AcceptLanguage.Of(request))))]));
}

public sealed record LogosResponse(IReadOnlyList<LogoResponse> Items);

public sealed record LogoResponse(string LogoId, [property: Description("Where the picture (SVG) is, below the bank's address.")] string Image, string Name);

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
