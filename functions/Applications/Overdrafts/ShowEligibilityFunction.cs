using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ShowEligibilityFunction(FindOverdraftOffer offers)
{
    [Function("Overdrafts_ShowEligibility")]
    [Access(Right.Info)]
    [Summary("Whether the caller may apply for an overdraft, condition by condition.",
        Details = "Without `monthsInJob` that condition is left open. A salary is a credit that the payer's bank has marked as one (ISO 20022 purpose `SALA`), within the last 45 days.")]
    [Query<EligibilityQuery>]
    [Answers<EligibilityResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/overdrafts/eligibility")] HttpRequest request) =>
        TypedResults.Ok(EligibilityResponse.From(await offers.RunAsync(request.Customer(), request.Query<EligibilityQuery>().MonthsInJob, request.HttpContext.RequestAborted)));
}

public sealed record EligibilityQuery([property: Range(0, 900), Description("In the current job.")] int? MonthsInJob = null);

public sealed record EligibilityResponse(
    bool MayApply, IReadOnlyList<ConditionResponse> Conditions, [property: Description("On which the salary arrives; null when none does.")] Guid? AccountId)
{
    public static EligibilityResponse From(OverdraftOffer offer) => new(
        offer.Objection is null,
        [
            new ConditionResponse("individual", offer.IsIndividual, null),
            new ConditionResponse("salary_at_bank", offer.Salary is not null, null),
            new ConditionResponse("months_in_job", offer.HasLongEnoughJob, offer.MinimumMonthsInJob),
        ],
        offer.Salary?.Account.Id.Value);
}

public sealed record ConditionResponse(
    [property: Example("salary_at_bank")] string Code, [property: Description("Null: not said yet.")] bool? IsMet, [property: Description("Null for a condition without a number.")] int? Minimum);
