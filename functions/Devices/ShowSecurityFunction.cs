using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ShowSecurityFunction(FindDevice find, FindPasswordWays ways)
{
    [Function("Devices_ShowSecurity")]
    [Access(Right.Info)]
    [Summary("The security settings of the device that calls, and how the password can be changed from it.")]
    [Answers<SecurityOverviewResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/security")] HttpRequest request)
    {
        var (customer, installation, cancellation) = (request.Customer(), request.CustomerCaller().Installation, request.HttpContext.RequestAborted);
        var password = ways.RunAsync(customer, installation, cancellation);
        var device = await find.RunAsync(customer, installation, cancellation);
        return TypedResults.Ok(new SecurityOverviewResponse(SecurityResponse.From(device), (await password).Match<PasswordWaysResponse?>(PasswordWaysResponse.From, _ => null)));
    }
}

public sealed record SecurityOverviewResponse(
    SecurityResponse Device, [property: Description("Null while nobody can tell, because the card processor does not answer.")] PasswordWaysResponse? PasswordChange);

public sealed record PasswordWaysResponse(
    [property: Description("The first one is the one to offer.")] IReadOnlyList<PasswordWay> Ways,
    [property: Description("Neither card nor trusted device: the nearest branch gives the customer a unique code.")] bool NeedsBranch)
{
    internal static PasswordWaysResponse From(PasswordWays ways) => new(ways.Ways, ways.NeedsBranch);
}
