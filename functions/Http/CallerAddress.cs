using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Functions.Http;

/// <summary>From which network address a call came.</summary>
public static class CallerAddress
{
    /// <summary>What the first of our own proxies saw (<see cref="ApiOptions.ForwardedHops"/>); whatever the client itself wrote before it counts for nothing.</summary>
    /// <remarks>
    /// Every proxy writes the address that it saw at the end of <c>X-Forwarded-For</c>. The worker's ASP.NET Core integration has then taken the last of them off
    /// and made it the connection's own, and kept the connection's in <c>X-Original-For</c> (UseForwardedHeaders, one hop; from this machine alone, where the Functions host is).
    /// </remarks>
    public static string Address(this HttpRequest request)
    {
        var hops = request.HttpContext.RequestServices.GetRequiredService<ApiOptions>().ForwardedHops;
        var isTakenOff = request.Headers.TryGetValue("X-Original-For", out var original);
        var connection = request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        string[] seen = [.. request.Headers["X-Forwarded-For"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)), connection];
        var fromTheEnd = isTakenOff ? hops : hops + 1;
        var text = fromTheEnd == 0 ? original.ToString() : seen.Length >= fromTheEnd ? seen[^fromTheEnd] : connection;
        return IPAddress.TryParse(text, out var address) ? address.ToString()
            : IPEndPoint.TryParse(text, out var withPort) ? withPort.Address.ToString()
            : connection;
    }
}
