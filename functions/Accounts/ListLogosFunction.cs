using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
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
