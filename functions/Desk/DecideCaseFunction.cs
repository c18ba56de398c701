using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Banking.Desk;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class DecideCaseFunction(DeskDoor door)
{
    [Function("Desk_DecideCase")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre])]
    [Idempotent]
    [Summary("Decides a case, or proposes or confirms a decision where two people are needed.",
        Details = "`decision` and `fields` are one of the case's `decisions`. A second person answers a proposal with `confirm_proposal` or `refuse_proposal`. The same decision again answers the same.")]
    [Body<CaseDecisionRequest>]
    [Answers<DeskFileResponse>]
    [Refuses<DeskQueueNotFound>, Refuses<DeskCaseNotFound>, Refuses<DeskDecisionUnknown>, Refuses<DeskFieldWrong>, Refuses<FourEyesRequired>]
    [Refuses<RateRequestDecided>, Refuses<RateOutOfBand>, Refuses<ValidUntilWrong>]
    [Refuses<IdempotencyKeyReused>, Refuses<ApplicationNotFound>, Refuses<ApplicationDecided>, Refuses<DecidedLimitWrong>, Refuses<DecisionProposed>, Refuses<ApplicationBusy>]
    [Refuses<ChangeNotFound>, Refuses<ChangeAlreadyDecided>]
    [Refuses<OnboardingNotFound>, Refuses<ReviewNotOpen>, Refuses<IdentificationExhausted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/desk/queues/{queue}/cases/{caseId:guid}/decisions")] HttpRequest request,
        string queue, Guid caseId, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<CaseDecisionRequest>()
            .Then(body => body.ReadFields().Then(fields => new DeskDecision(caseId, body.Decision, fields, body.Reason?.Trim(), request.StaffActor(), request.IdempotencyKey().Value)))
            .Then(decision => door.DecideAsync(queue, decision, request.Staff().Roles, client, request.HttpContext.RequestAborted))
            .Respond(file => TypedResults.Ok(DeskFileResponse.From(file)));
}

public sealed record CaseDecisionRequest(
    [property: MaxLength(64), Example("confirm_rate")] string Decision,
    [property: Description("As the case's decision asks for them."), MaxLength(20)] IReadOnlyList<DecisionFieldRequest>? Fields = null,
    [property: MaxLength(DeskDecision.ReasonAtMost), Multiline, Example("Volumi i tregut")] string? Reason = null)
{
    internal Result<IReadOnlyDictionary<string, string>> ReadFields()
    {
        var input = new Input();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in Fields ?? [])
            input.Check(fields.TryAdd(field.Name, field.Value), () => new DeskFieldWrong($"/fields/{field.Name}"));
        return input.Result<IReadOnlyDictionary<string, string>>(() => fields);
    }
}

public sealed record DecisionFieldRequest(
    [property: MaxLength(64), Pattern("[A-Za-z0-9_]+"), Example("rate")] string Name, [property: MaxLength(DeskDecision.ReasonAtMost), Example("98.40")] string Value);
