using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public sealed class DecideRateRequestFunction(DecideRateRequest decide, StartRateRequest workflow, RateBoards boards)
{
    [Function("Fx_DecideRateRequest")]
    [Access(Right.Staff, Roles = [Role.Treasury])]
    [Summary("Confirms a request with a rate and its end, or rejects it with a reason; the customer is told.",
        Details = "The first decision wins; the same one again changes nothing. Without `validUntil` the rate holds 30 minutes, and never beyond the business day.")]
    [Body<RateDecisionBody>]
    [Answers<DeskRateRequestResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateRequestDecided>, Refuses<RateOutOfBand>, Refuses<ValidUntilWrong>, Refuses<RateMalformed>, Refuses<RateDecisionUnclear>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/fx/rate-requests/{requestId:guid}/decision")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<RateDecisionBody>()
            .Then(body => body.Read())
            .Then(async decision => (await decide.RunAsync(requestId, decision, request.StaffActor(), request.HttpContext.RequestAborted)).Match<Result<RateRequest>>(
                decided => decided, error => error is Invalid fault ? new InvalidInput([fault]) : error))
            .Then(decided => workflow.WakeAsync(client, decided))
            .Then(async decided => (Result<DeskRateRequestResponse>)DeskRateRequestResponse.From(decided, (await boards.StandingAsync(request.HttpContext.RequestAborted)).Board))
            .Respond(answer => TypedResults.Ok(answer));
}

public sealed record RateDecisionBody(
    RateVerdict Decision,
    [property: Pattern(RateInput.Pattern), Description("Of a confirmation: units of the other currency for one of the amount's."), Example("98.40")] string? Rate = null,
    [property: Description("Of a confirmation: until when the rate holds.")] Instant? ValidUntil = null,
    [property: MaxLength(RateRequest.ReasonAtMost), Description("Of a rejection; the customer reads it."), Example("Volumi i tregut")] string? Reason = null)
{
    internal Result<RateDecision> Read()
    {
        var input = new Input();
        var isConfirmed = Decision == RateVerdict.Confirm;
        input.Check(isConfirmed == Rate is not null, () => new RateDecisionUnclear("/rate"));
        input.Check(isConfirmed == string.IsNullOrWhiteSpace(Reason), () => new RateDecisionUnclear("/reason"));
        input.Check(isConfirmed || ValidUntil is null, () => new RateDecisionUnclear("/validUntil"));
        var rate = Rate is null ? (decimal?)null : RateInput.Read(input, Rate, "/rate");
        return input.Result(() => new RateDecision(rate, ValidUntil, isConfirmed ? null : Reason!.Trim()));
    }
}

public enum RateVerdict
{
    Confirm,
    Reject,
}

/// <summary>A confirmation has a rate and no reason, a rejection a reason and no rate.</summary>
public sealed record RateDecisionUnclear(string Field) : Invalid("rate_decision_unclear", Field);
