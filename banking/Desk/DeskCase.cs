using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Desk;

/// <summary>A case as a list shows it.</summary>
/// <param name="Kind">In snake_case: <c>preferential_rate</c>.</param>
/// <param name="Title">What it is about in any language, and nobody's name: <c>20000.00 EUR → ALL</c>.</param>
/// <param name="State">In snake_case, the capability's own.</param>
/// <param name="Deadline">When the present state ends by itself; null when it does not.</param>
/// <param name="WaitsFor">Who has to do something: <see cref="DeskWaits"/>, or the capability's own word; null at the end.</param>
public sealed record DeskCase(Guid Id, string Queue, string Kind, string Title, string State, Instant OpenedAt, Instant? Deadline, string? WaitsFor);

public static class DeskWaits
{
    /// <summary>A decision of the queue's staff.</summary>
    public const string Desk = "desk";

    /// <summary>The word of a second member of staff.</summary>
    public const string SecondPerson = "second_person";

    public const string Customer = "customer";

    public const string Partner = "partner";
}

/// <summary>A case opened.</summary>
/// <param name="Facts">In the order in which they are read.</param>
/// <param name="Timeline">Oldest first.</param>
/// <param name="Decisions">Those that can be made now; empty when none can.</param>
/// <param name="Proposal">What one has decided and another has to confirm; the decisions are then <see cref="DeskDecision.Confirm"/> and <see cref="DeskDecision.Refuse"/>.</param>
public sealed record DeskFile(
    DeskCase Case, IReadOnlyList<DeskFact> Facts, IReadOnlyList<DeskEvent> Timeline, IReadOnlyList<DeskDocument> Documents, IReadOnlyList<DeskChoice> Decisions,
    DeskProposal? Proposal = null);

/// <param name="Label">In snake_case: <c>current_rate</c>; its words are in the capability's <c>DeskWords</c>.</param>
/// <param name="Value">As <paramref name="Shape"/> says.</param>
public sealed record DeskFact(string Label, string Value, DeskShape Shape = DeskShape.Text);

/// <summary>How a value is written, so that the page can show it in the reader's language.</summary>
public enum DeskShape
{
    Text,

    /// <summary>A code in snake_case, with words.</summary>
    Code,

    /// <summary><c>20000.00 EUR</c>.</summary>
    Amount,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>ISO 8601, UTC.</summary>
    Moment,

    /// <summary>ISO 8601.</summary>
    Date,
}

/// <param name="What">A code in snake_case, with words.</param>
/// <param name="By">A staff id, <c>customer</c>, or null for the bank itself.</param>
public sealed record DeskEvent(Instant At, string What, string? By = null);

/// <param name="Name">In the address; letters, digits, <c>-</c>.</param>
/// <param name="Title">A code in snake_case, with words.</param>
public sealed record DeskDocument(string Name, string Title, string ContentType);

public sealed record DeskContent(BinaryData Bytes, string ContentType);

/// <summary>A decision that can be made.</summary>
/// <param name="Code">In snake_case, with words.</param>
/// <param name="NeedsReason">Otherwise none is taken.</param>
/// <param name="NeedsSecondPerson">It is a proposal until somebody else confirms it.</param>
public sealed record DeskChoice(string Code, IReadOnlyList<DeskField> Fields, bool NeedsReason = false, bool NeedsSecondPerson = false);

/// <param name="Name">In camelCase, with words.</param>
/// <param name="Suggested">What the form begins with.</param>
/// <param name="Options">Codes, for <see cref="DeskShape.Code"/>.</param>
public sealed record DeskField(string Name, DeskShape Shape, bool IsRequired = true, string? Suggested = null, IReadOnlyList<string>? Options = null);

/// <summary>What one member of staff has decided and another has to confirm.</summary>
public sealed record DeskProposal(string By, Instant At, string Decision, IReadOnlyDictionary<string, string> Fields, string? Reason);

/// <summary>What a member of staff decides.</summary>
/// <param name="Fields">By name; only those of the choice, and none empty.</param>
/// <param name="Actor">Has one of the queue's roles.</param>
/// <param name="Key">The same for every repetition of this decision.</param>
public sealed record DeskDecision(Guid Case, string Code, IReadOnlyDictionary<string, string> Fields, string? Reason, AuditActor Actor, string Key)
{
    /// <summary>The second person's yes to a proposal.</summary>
    public const string Confirm = "confirm_proposal";

    /// <summary>The second person's no to a proposal.</summary>
    public const string Refuse = "refuse_proposal";

    public const int ReasonAtMost = 500;
}
