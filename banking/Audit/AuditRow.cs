using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Audit;

/// <summary>Rows of the trail, sealed and chained as the ledger's are.</summary>
internal static class AuditRow
{
    public static TableEntity Of(Guid id, AuditEvent audit, Instant at, string partition, long ticks, long sequence, string previous)
    {
        var row = new TableEntity(partition, AuditKeys.Record(ticks))
        {
            ["Id"] = id.ToString("N"),
            ["At"] = LedgerText.Of(at),
            ["Sequence"] = sequence,
            ["Previous"] = previous,
            ["ActorKind"] = audit.Actor.Kind.ToString(),
            ["Actor"] = audit.Actor.Id,
            ["Action"] = audit.Action,
            ["Resource"] = audit.Resource,
        };
        Set(row, "Origin", audit.Actor.Origin);
        Set(row, "Before", audit.Before);
        Set(row, "After", audit.After);
        Set(row, "Reason", audit.Reason);
        return RowSeal.Seal(row);
    }

    public static TableEntity Head(string partition, long sequence, long ticks, string lastHash) =>
        RowSeal.Seal(new TableEntity(partition, AuditKeys.Head) { ["Sequence"] = sequence, ["Ticks"] = ticks, ["LastHash"] = lastHash });

    public static AuditRecord ToRecord(TableEntity row)
    {
        var (id, at) = (Guid.ParseExact(row.RequiredText("Id"), "N"), LedgerText.ToInstant(row.RequiredText("At")));
        var actor = new AuditActor(Enum.Parse<AuditActorKind>(row.RequiredText("ActorKind")), row.RequiredText("Actor"), row.Text("Origin"));
        var audit = new AuditEvent(actor, row.RequiredText("Action"), row.RequiredText("Resource"))
        {
            Before = row.Text("Before"),
            After = row.Text("After"),
            Reason = row.Text("Reason"),
            Id = id,
            At = at,
        };
        return new AuditRecord(id, at, audit, row.RequiredText(RowSeal.Column));
    }

    private static void Set(TableEntity row, string name, string? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }
}
