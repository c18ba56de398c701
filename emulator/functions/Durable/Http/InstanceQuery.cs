using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Serverless.Emulator.Durable.Http;

/// <summary>The query string of the management API's list.</summary>
internal static class InstanceQuery
{
    /// <param name="fault">Names the parameter that cannot be read.</param>
    public static bool TryRead(HttpRequest request, out OrchestrationQuery query, out string fault)
    {
        query = new();
        fault = "";
        List<OrchestrationRuntimeStatus> statuses = [];
        foreach (var name in request.Query["runtimeStatus"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!Enum.TryParse<OrchestrationRuntimeStatus>(name.Trim(), ignoreCase: true, out var status))
                return Fault("runtimeStatus", out fault);
            statuses.Add(status);
        }

        if (!TryTime(request, "createdTimeFrom", out var from))
            return Fault("createdTimeFrom", out fault);
        if (!TryTime(request, "createdTimeTo", out var to))
            return Fault("createdTimeTo", out fault);
        var size = OrchestrationQuery.DefaultPageSize;
        if (request.Query.TryGetValue("top", out var top)
            && !(int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= 1000))
            return Fault("top", out fault);

        query = new(from, to, statuses.Count == 0 ? null : statuses, null, (string?)request.Query["instanceIdPrefix"], size);
        return true;
    }

    private static bool Fault(string parameter, out string fault)
    {
        fault = $"The query parameter '{parameter}' cannot be read.";
        return false;
    }

    private static bool TryTime(HttpRequest request, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!request.Query.TryGetValue(name, out var text) || string.IsNullOrEmpty(text))
            return true;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed))
            return false;

        time = parsed;
        return true;
    }
}
