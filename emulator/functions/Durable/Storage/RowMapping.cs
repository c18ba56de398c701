using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>Heads, history batches and messages as table rows, and back.</summary>
internal static class RowMapping
{
    /// <summary>A string property holds 32 Ki characters.</summary>
    private const int ChunkChars = 31 * 1024;

    /// <summary>A row holds 1 MiB; the rest of a longer text goes to a blob.</summary>
    public const int MaxTextChars = 14 * ChunkChars;

    public static TableEntity ToEntity(InstanceRow row)
    {
        var entity = new TableEntity(row.InstanceId, HubKeys.Head)
        {
            ["Name"] = row.Name,
            ["Status"] = (int)row.Status,
            ["Incarnation"] = row.Run.Incarnation,
            ["Generation"] = row.Run.Generation,
            ["Steps"] = row.Steps,
            ["Creation"] = row.Creation,
            ["CreatedAt"] = row.CreatedAt,
            ["UpdatedAt"] = row.UpdatedAt,
        };
        Put(entity, "StartAt", row.StartAt);
        Put(entity, "Input", row.Input);
        Put(entity, "Output", row.Output);
        Put(entity, "CustomStatus", row.CustomStatus);
        Put(entity, "Version", row.Version);
        Put(entity, "TraceParent", row.TraceParent);
        Put(entity, "Failure", row.Failure is null ? null : HistoryJson.Write(row.Failure));
        Put(entity, "Parent", row.Parent is null ? null : HistoryJson.Write(row.Parent));
        Put(entity, "Tags", row.Tags is null ? null : HistoryJson.Write(row.Tags));
        Put(entity, "Received", row.Received.Count == 0 ? null : HistoryJson.Write(row.Received));
        if (row.Outbox.Count > 0)
            PutText(entity, "Outbox", HistoryJson.Write(row.Outbox));
        return entity;
    }

    public static InstanceRow ToInstance(TableEntity entity) => new()
    {
        InstanceId = entity.PartitionKey,
        Name = entity.GetString("Name")!,
        Status = (OrchestrationRuntimeStatus)entity.GetInt32("Status")!.Value,
        Run = new(entity.GetInt32("Incarnation")!.Value, entity.GetInt32("Generation")!.Value),
        Steps = entity.GetInt32("Steps")!.Value,
        Creation = entity.GetString("Creation")!,
        CreatedAt = entity.GetDateTimeOffset("CreatedAt")!.Value,
        UpdatedAt = entity.GetDateTimeOffset("UpdatedAt")!.Value,
        StartAt = entity.GetDateTimeOffset("StartAt"),
        Input = GetPayload(entity, "Input"),
        Output = GetPayload(entity, "Output"),
        CustomStatus = GetPayload(entity, "CustomStatus"),
        Version = entity.GetString("Version"),
        TraceParent = entity.GetString("TraceParent"),
        Failure = entity.GetString("Failure") is { } failure ? HistoryJson.Read<Failure>(failure) : null,
        Parent = entity.GetString("Parent") is { } parent ? HistoryJson.Read<ParentLink>(parent) : null,
        Tags = entity.GetString("Tags") is { } tags ? HistoryJson.Read<Dictionary<string, string>>(tags) : null,
        Received = entity.GetString("Received") is { } received ? HistoryJson.Read<List<string>>(received) : [],
        Outbox = GetText(entity, "Outbox") is { } outbox ? HistoryJson.Read<List<OutboundMessage>>(outbox) : [],
        ETag = entity.ETag,
    };

    /// <summary>A long text over several properties.</summary>
    public static void PutText(TableEntity entity, string name, string text)
    {
        for (int from = 0, chunk = 0; from < text.Length || chunk == 0; from += ChunkChars, chunk++)
            entity[Chunk(name, chunk)] = text.Substring(from, Math.Min(ChunkChars, text.Length - from));
    }

    public static string? GetText(TableEntity entity, string name)
    {
        if (entity.GetString(name) is not { } text)
            return null;

        for (var chunk = 1; entity.GetString(Chunk(name, chunk)) is { } more; chunk++)
            text += more;
        return text;
    }

    private static string Chunk(string name, int number) => number == 0 ? name : $"{name}{number}";

    private static void Put(TableEntity entity, string name, object? value)
    {
        if (value is not null)
            entity[name] = value;
    }

    private static void Put(TableEntity entity, string name, Payload? payload)
    {
        if (payload is null)
            return;
        if (payload.Blob is not null)
            entity[name + "Blob"] = payload.Blob;
        else
            entity[name] = payload.Text;
    }

    private static Payload? GetPayload(TableEntity entity, string name) =>
        entity.GetString(name + "Blob") is { } blob ? new(null, blob) : Payload.Of(entity.GetString(name));
}
