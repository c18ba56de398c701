using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

public sealed class ShowServiceFunction(ServiceOptions options)
{
    [Function("Channels_ShowService")]
    [Access(Right.Public)]
    [Summary("Tells how customer service is reached.")]
    [Answers<ServiceResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/customer-service")] HttpRequest request)
    {
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Ok(new ServiceResponse(options.Phone, options.Hours, null));
    }
}

[Description("How a customer reaches people.")]
public sealed record ServiceResponse(
    [property: Example("+355 (0) 4 22 66 288")] string Phone,
    [property: Description("24/7: at every hour of every day."), Example("24/7")] string Hours,
    [property: Description("The customer's; null for whoever has not signed in or has no account.")] BranchResponse? Branch);

public sealed record BranchResponse([property: Example("1101")] string Code, string? Name, string? Address);
