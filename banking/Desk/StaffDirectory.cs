using System.Collections.Concurrent;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Desk;

/// <summary>Whom of the staff the bank has seen at the desk, and with which roles: their tokens say so, and nobody else.</summary>
/// <remarks>Table deskstaff. For decisions that come by a system's webhook, where nobody shows a token.</remarks>
public sealed class StaffDirectory
{
    internal const string Table = "deskstaff";

    private const string Partition = "staff";
    private const int RememberedAtMost = 10_000;

    /// <summary>Not every call is written down.</summary>
    private static readonly Duration Coarse = Duration.FromHours(1);

    private readonly BankTables tables;
    private readonly IOptions<DeskOptions> options;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, (string Roles, Instant At)> seen = new(StringComparer.Ordinal);

    internal StaffDirectory(BankTables tables, IOptions<DeskOptions> options, TimeProvider time) => (this.tables, this.options, this.time) = (tables, options, time);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>A good token of theirs was shown.</summary>
    public async Task SeeAsync(string staff, IEnumerable<string> roles, CancellationToken cancellation)
    {
        var (now, text) = (Now, string.Join(' ', roles.Order(StringComparer.Ordinal)));
        if (seen.TryGetValue(staff, out var last) && last.Roles == text && now - last.At < Coarse && now >= last.At)
            return;
        await tables.Open(Table).UpsertEntityAsync(
            new TableEntity(Partition, staff) { ["Roles"] = text, ["SeenAt"] = now.ToDateTimeOffset() }, TableUpdateMode.Replace, cancellation);
        if (seen.Count >= RememberedAtMost)
            seen.Clear();
        seen[staff] = (text, now);
    }

    /// <returns>Their roles; null for who is not known, or was not seen for long.</returns>
    public async Task<IReadOnlySet<string>?> FindAsync(string staff, CancellationToken cancellation)
    {
        var found = await tables.Open(Table).GetEntityIfExistsAsync<TableEntity>(Partition, staff, cancellationToken: cancellation);
        return found.HasValue && Now - Instant.FromDateTimeOffset(found.Value!.GetDateTimeOffset("SeenAt")!.Value) <= Duration.FromDays(options.Value.StaffKnownDays)
            ? new HashSet<string>(found.Value!.GetString("Roles")!.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal)
            : null;
    }
}
