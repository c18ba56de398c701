using NodaTime;

namespace Serverless.Banking.Audit;

/// <summary>Who did it.</summary>
/// <param name="Id">A staff id, a customer number, or the name of what the bank does by itself; 1 to 64 characters.</param>
/// <param name="Origin">From where: an address or a channel, at most 100 characters; null when it does not matter.</param>
public sealed record AuditActor(AuditActorKind Kind, string Id, string? Origin = null)
{
    public static AuditActor Staff(string id, string? origin = null) => new(AuditActorKind.Staff, id, origin);

    public static AuditActor Customer(CustomerId customer, string? origin = null) => new(AuditActorKind.Customer, customer.Value, origin);

    /// <param name="name">The timer or workflow: <c>ledger_sweep</c>.</param>
    public static AuditActor Bank(string name) => new(AuditActorKind.Bank, name);
}

public enum AuditActorKind
{
    Staff,
    Customer,

    /// <summary>A timer, a message, a workflow.</summary>
    Bank,
}

/// <summary>Something that must be answered for. Ids and codes only: no names, no numbers of documents, no secrets.</summary>
/// <param name="Action">A verb of the bank in snake_case: <c>change_approved</c>; at most 64 characters.</param>
/// <param name="Resource">What it was done to: <c>account/&lt;id&gt;</c>; at most 200 characters.</param>
public sealed record AuditEvent(AuditActor Actor, string Action, string Resource)
{
    /// <summary>At most 1,000 characters.</summary>
    public string? Before { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    public string? After { get; init; }

    /// <summary>In the actor's words, at most 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The same id at the same moment is recorded once; null: this call is an event of its own.</summary>
    public Guid? Id { get; init; }

    /// <summary>When it was done; null: now. An operation that may repeat itself passes the moment it has stored.</summary>
    public Instant? At { get; init; }
}

/// <summary>An event as the trail has it.</summary>
/// <param name="Hash">Of the record with the hash of the one before it in its day and shard.</param>
public sealed record AuditRecord(Guid Id, Instant At, AuditEvent Event, string Hash);
