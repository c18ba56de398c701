using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Banking.Sessions;

/// <summary>One session's row.</summary>
/// <remarks>Every writer merges only its own columns (activity, refresh, ending), so that none undoes another's; an ending, once written, stays.</remarks>
internal sealed class SessionRow(TableEntity entity)
{
    public TableEntity Entity { get; } = entity;

    public SessionId Id { get; } = SessionId.Find(entity.RowKey[(entity.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..])!.Value;

    /// <summary>Random, and the half of every refresh token that is not in the settings.</summary>
    public byte[] Salt => Entity.GetBinary("Salt")!;

    /// <summary>How often it was refreshed: the number of the refresh token that is good now.</summary>
    public int Generation => Entity.GetInt32("Generation")!.Value;

    public Instant? RefreshedAt => At("RefreshedAt");

    public Instant? EndedAt => At("EndedAt");

    /// <summary>The idempotency key of the last refresh.</summary>
    public string? RefreshedBy => Entity.GetString("RefreshedBy");

    public Session ToSession() => new(
        Id, CustomerId.Of(Entity.PartitionKey), UserName.Find(Entity.GetString("User")), Enum.Parse<SessionChannel>(Entity.GetString("Channel")!),
        InstallationId.Of(Entity.GetString("Installation")!), Entity.GetString("InstallationKey"), Entity.GetBoolean("DeviceTrusted")!.Value,
        Enum.Parse<SessionScope>(Entity.GetString("Scope")!), Entity.GetString("Methods")!.Split(' '), Entity.GetBoolean("MayPay")!.Value,
        At("OpenedAt")!.Value, At("LastActivityAt")!.Value, At("EndsAt")!.Value,
        Entity.GetString("Ending") is { } ending ? Enum.Parse<SessionEnding>(ending) : null, Entity.GetString("Name"));

    public static TableEntity New(SessionId id, SessionStart start, byte[] salt, string? name, Instant now, Instant endsAt) => new(SessionTable.Partition(start.Customer), SessionTable.Row(id))
    {
        ["User"] = start.User?.Value!,
        ["Channel"] = $"{start.Channel}",
        ["Installation"] = start.Installation.Value,
        ["InstallationKey"] = start.InstallationKey!,
        ["DeviceTrusted"] = start.DeviceTrusted,
        ["Scope"] = $"{start.Scope}",
        ["Methods"] = string.Join(' ', start.Methods),
        ["MayPay"] = start.MayPay,
        ["OpenedAt"] = now.ToDateTimeOffset(),
        ["LastActivityAt"] = now.ToDateTimeOffset(),
        ["EndsAt"] = endsAt.ToDateTimeOffset(),
        ["Salt"] = salt,
        ["Name"] = name!,
        ["Generation"] = 0,
    };

    public TableEntity Active(Instant now) => new(Entity.PartitionKey, Entity.RowKey) { ["LastActivityAt"] = now.ToDateTimeOffset() };

    public TableEntity Trusted(bool isTrusted) => new(Entity.PartitionKey, Entity.RowKey) { ["DeviceTrusted"] = isTrusted };

    public TableEntity Refreshed(IdempotencyKey key, Instant now) => new(Entity.PartitionKey, Entity.RowKey)
    {
        ["Generation"] = Generation + 1,
        ["RefreshedAt"] = now.ToDateTimeOffset(),
        ["RefreshedBy"] = key.Value,
    };

    public TableEntity Ended(SessionEnding ending, Instant now) => new(Entity.PartitionKey, Entity.RowKey)
    {
        ["Ending"] = $"{ending}",
        ["EndedAt"] = now.ToDateTimeOffset(),
    };

    private Instant? At(string column) => Entity.GetDateTimeOffset(column) is { } at ? Instant.FromDateTimeOffset(at) : null;
}
