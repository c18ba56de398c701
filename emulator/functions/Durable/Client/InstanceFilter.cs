using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Client;

/// <summary>A client's query as a filter over instance heads.</summary>
internal static class InstanceFilter
{
    public static string Of(OrchestrationQuery query)
    {
        List<string> parts = [TableClient.CreateQueryFilter($"RowKey eq {HubKeys.Head}")];
        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey ge {prefix}"));
            parts.Add(TableClient.CreateQueryFilter($"PartitionKey lt {After(prefix)}"));
        }

        if (query.CreatedFrom is { } from)
            parts.Add(TableClient.CreateQueryFilter($"CreatedAt ge {from}"));
        if (query.CreatedTo is { } to)
            parts.Add(TableClient.CreateQueryFilter($"CreatedAt le {to}"));
        if (query.Statuses?.ToList() is { Count: > 0 } statuses)
            parts.Add($"({string.Join(" or ", statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {(int)status}")))})");
        return string.Join(" and ", parts);
    }

    /// <summary>The least text that is greater than every text with that beginning.</summary>
    private static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);
}
