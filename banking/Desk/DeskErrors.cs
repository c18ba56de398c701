namespace Serverless.Banking.Desk;

public sealed record DeskQueueNotFound() : NotFound("desk_queue_not_found");

public sealed record DeskCaseNotFound() : NotFound("desk_case_not_found");

public sealed record DeskDocumentNotFound() : NotFound("desk_document_not_found");

/// <summary>The case does not take this decision, or not now.</summary>
/// <param name="Possible">Those it takes.</param>
public sealed record DeskDecisionUnknown(IReadOnlyList<string> Possible) : Conflict("desk_decision_unknown");

/// <summary>A field is missing, not the decision's, or not written as it should be.</summary>
public sealed record DeskFieldWrong(string Field) : Invalid("desk_field_wrong", Field);

/// <summary>A system names somebody as the decider whom the bank does not know, or who has none of the queue's roles.</summary>
public sealed record DeciderNotKnown() : Forbidden("decider_not_known");
