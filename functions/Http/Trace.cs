using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Serverless.Functions.Http;

internal static class Trace
{
    /// <summary>What finds the call in the logs: the W3C trace id, or the server's own id of the request.</summary>
    public static string IdOf(HttpContext http)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            return activity.TraceId.ToHexString();
        return ActivityContext.TryParse(http.Request.Headers.TraceParent, null, out var parent) ? parent.TraceId.ToHexString() : http.TraceIdentifier;
    }
}
