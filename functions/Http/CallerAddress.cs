using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Functions.Http;

/// <summary>From which network address a call came.</summary>
public static class CallerAddress
{
    /// <summary>
    /// What the first of our own proxies saw (<see cref="ApiOptions.ForwardedHops"/>): in Azure the platform's front end writes it at the end of
    /// <c>X-Forwarded-For</c>. Whatever the client itself wrote before it counts for nothing.
    /// </summary>
    public static string Address(this HttpRequest request)
    {
        var hops = request.HttpContext.RequestServices.GetRequiredService<ApiOptions>().ForwardedHops;
        var seen = request.Headers["X-Forwarded-For"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var text = hops > 0 && seen.Length >= hops ? seen[^hops] : null;
        return IPAddress.TryParse(text, out var address) ? address.ToString()
            : IPEndPoint.TryParse(text ?? "", out var withPort) ? withPort.Address.ToString()
            : request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
    }
}
