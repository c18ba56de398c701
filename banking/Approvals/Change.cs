using NodaTime;

namespace Serverless.Banking.Approvals;

/// <summary>A change that one member of staff proposed and another decides.</summary>
/// <remarks>The default value of this type is no change.</remarks>
public readonly record struct ChangeId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

/// <summary>Something that needs four eyes, from its proposal to what came of it.</summary>
/// <param name="Kind">Of its <see cref="IChangeHandler"/>.</param>
/// <param name="Resource">What is changed: <c>account/&lt;id&gt;</c>.</param>
/// <param name="Content">What the handler needs to carry it out.</param>
/// <param name="Before">What was there when it was proposed; null when there is nothing to compare.</param>
/// <param name="After">What shall be, as the decider reads it.</param>
/// <param name="Outcome">What carrying it out gave, such as a transaction's id.</param>
/// <param name="Failure">Code of the error that it failed with.</param>
public sealed record Change(
    ChangeId Id, string Kind, string Resource, string Content, string? Before, string After, string Reason, string ProposedBy, Instant ProposedAt,
    ChangeState State, string? DecidedBy, Instant? DecidedAt, string? DecisionReason, string? Outcome, string? Failure);

public enum ChangeState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>Being carried out.</summary>
    Approved,

    /// <summary>Carried out.</summary>
    Applied,

    /// <summary>Approved, but no longer possible; nothing was changed.</summary>
    Failed,

    /// <summary>The second person said no.</summary>
    Rejected,
}

/// <summary>Carries out one kind of change.</summary>
public interface IChangeHandler
{
    /// <summary>In snake_case: <c>account_status</c>.</summary>
    string Kind { get; }

    /// <summary>Decided at a desk of its own, whose people have other roles, and not at the general one.</summary>
    bool HasOwnDesk => false;

    /// <returns>What is there now, or why the change cannot be proposed.</returns>
    Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation);

    /// <summary>Repeated until it answers; however often, it takes effect once.</summary>
    /// <returns>What came of it; <see cref="Ledger.AccountBusy"/> or an <see cref="Unavailable"/> to be asked again; another error: it is impossible, and nothing was done.</returns>
    Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation);
}
