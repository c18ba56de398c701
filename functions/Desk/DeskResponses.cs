using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

[Description("A queue of the desk, with what waits in it.")]
public sealed record DeskQueueResponse(
    [property: Example("treasury")] string Name,
    [property: Description("Cases that wait for the desk's own people; at most 100 are counted.")] int Waiting,
    [property: Description("There may be more than were counted.")] bool IsMore,
    int Overdue,
    [property: Description("When the oldest of them was opened; null when none waits.")] Instant? Oldest,
    [property: Description("The nearest; null when none has one.")] Instant? NextDeadline)
{
    public static DeskQueueResponse From(IDeskQueue queue, DeskCount count) => new(queue.Name, count.Waiting, count.IsMore, count.Overdue, count.Oldest, count.NextDeadline);
}

[Description("A case as the list shows it. Codes have their words in `/api/desk/words/{language}`.")]
public sealed record DeskCaseResponse(
    Guid Id, [property: Example("treasury")] string Queue, [property: Example("preferential_rate")] string Kind, [property: Example("20000.00 EUR ← ALL")] string Title,
    [property: Example("submitted")] string State, Instant OpenedAt, [property: Description("When the present state ends by itself; null when it does not.")] Instant? Deadline,
    [property: Description("Who has to do something: `desk`, `second_person`, `customer`, `partner`, or the queue's own word; null at the end."), Example("desk")] string? WaitsFor)
{
    public static DeskCaseResponse From(DeskCase it) => new(it.Id, it.Queue, it.Kind, it.Title, it.State, it.OpenedAt, it.Deadline, it.WaitsFor);
}

[Description("A case opened: what is known, what happened, and what can be decided now.")]
public sealed record DeskFileResponse(
    DeskCaseResponse Case, IReadOnlyList<DeskFactResponse> Facts, [property: Description("Oldest first.")] IReadOnlyList<DeskEventResponse> Timeline,
    IReadOnlyList<DeskDocumentResponse> Documents, IReadOnlyList<DeskChoiceResponse> Decisions,
    [property: Description("What one has decided and another has to confirm; null when there is nothing.")] DeskProposalResponse? Proposal)
{
    public static DeskFileResponse From(DeskFile file) => new(
        DeskCaseResponse.From(file.Case), [.. file.Facts.Select(fact => new DeskFactResponse(fact.Label, fact.Value, fact.Shape))],
        [.. file.Timeline.Select(step => new DeskEventResponse(step.At, step.What, step.By))],
        [.. file.Documents.Select(document => new DeskDocumentResponse(
            document.Name, document.Title, document.ContentType, $"/api/backoffice/v1/desk/queues/{file.Case.Queue}/cases/{file.Case.Id:D}/documents/{document.Name}"))],
        [.. file.Decisions.Select(choice => new DeskChoiceResponse(
            choice.Code, [.. choice.Fields.Select(field => new DeskFieldResponse(field.Name, field.Shape, field.IsRequired, field.Suggested, field.Options ?? []))],
            choice.NeedsReason, choice.NeedsSecondPerson))],
        file.Proposal is { } it ? new DeskProposalResponse(it.By, it.At, it.Decision, it.Fields, it.Reason) : null);
}

public sealed record DeskFactResponse(
    [property: Example("current_rate")] string Label, [property: Example("98.90")] string Value, [property: Description("How the value is written.")] DeskShape Shape);

public sealed record DeskEventResponse(Instant At, [property: Example("submitted")] string What, [property: Description("A staff id, `customer`, or null for the bank itself.")] string? By);

public sealed record DeskDocumentResponse(
    [property: Example("contract")] string Name, [property: Example("contract")] string Title, [property: Example("application/pdf")] string ContentType,
    [property: Description("Where it is fetched, as staff.")] string Address);

public sealed record DeskChoiceResponse(
    [property: Example("confirm_rate")] string Code, IReadOnlyList<DeskFieldResponse> Fields, bool NeedsReason,
    [property: Description("It is a proposal until somebody else confirms it.")] bool NeedsSecondPerson);

public sealed record DeskFieldResponse(
    [property: Example("rate")] string Name, DeskShape Shape, bool IsRequired, [property: Description("What a form begins with."), Example("98.90")] string? Suggested,
    [property: Description("For codes: those that are taken.")] IReadOnlyList<string> Options);

public sealed record DeskProposalResponse(
    [property: Description("The member of staff."), Example("officer-1")] string By, Instant At, [property: Example("approve")] string Decision,
    IReadOnlyDictionary<string, string> Fields, string? Reason);
