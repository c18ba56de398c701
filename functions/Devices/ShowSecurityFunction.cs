using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ShowSecurityFunction(FindDevice find)
{
    [Function("Devices_ShowSecurity")]
    [Access(Right.Info)]
    [Summary("The security settings of the device that calls.")]
    [Answers<SecurityResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/security")] HttpRequest request) =>
        TypedResults.Ok(SecurityResponse.From(await find.RunAsync(request.Customer(), request.CustomerCaller().Installation, request.HttpContext.RequestAborted)));
}
