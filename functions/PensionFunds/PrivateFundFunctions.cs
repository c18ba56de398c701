using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class ListFundsFunction(FindFunds find)
{
    [Function("PensionFunds_List")]
    [Access(Right.Info)]
    [Summary("The caller's pension funds whose contract is signed, newest first.")]
    [Answers<PrivateFundsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds")] HttpRequest request) => TypedResults.Ok(
        new PrivateFundsResponse([.. (await find.ListAsync(request.Customer(), request.HttpContext.RequestAborted)).Select(PrivateFundResponse.From)]));
}

public sealed class GetFundFunction(FindFunds find)
{
    [Function("PensionFunds_Get")]
    [Access(Right.Info)]
    [Summary("One pension fund: its contract, what it is worth, and what was invested.")]
    [Answers<PrivateFundDetailsResponse>]
    [Refuses<PrivateFundNotFound>, Refuses<FundNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds/{fundId:guid}")] HttpRequest request, Guid fundId) =>
        find.DetailsAsync(request.Customer(), fundId, request.HttpContext.RequestAborted)
            .Respond(found => TypedResults.Ok(new PrivateFundDetailsResponse(PrivateFundResponse.From(found.It), found.TotalInvestment, FundSettingsResponse.From(found.It))));
}

public sealed class ListFundContributionsFunction(FindFunds find)
{
    [Function("PensionFunds_ListContributions")]
    [Access(Right.Info)]
    [Summary("What was paid into a fund through the bank, newest first, and what it bought.")]
    [Answers<FundContributionsResponse>]
    [Refuses<PrivateFundNotFound>, Refuses<FundNotActive>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-funds/{fundId:guid}/contributions")] HttpRequest request, Guid fundId) =>
        find.DetailsAsync(request.Customer(), fundId, request.HttpContext.RequestAborted)
            .Respond(found => TypedResults.Ok(new FundContributionsResponse([.. found.Contributions.Select(FundContributionResponse.From)])));
}

public sealed record PrivateFundsResponse(IReadOnlyList<PrivateFundResponse> Items);

[Description("A pension fund of the caller's own.")]
public sealed record PrivateFundResponse(
    Guid Id,
    [property: Description("What kind of contract it is."), Example("voluntary_private_pension")] string ContractType,
    [property: Description("The management company."), Example("Raja Pension")] string Company,
    [property: Description("Code of the plan."), Example("raja-balanced")] string Plan,
    [property: Description("How contributions are taken.")] FundMode PaymentType,
    [property: Example("RP-2027-000001")] string ContractNumber,
    LocalDate OpenedOn,
    string Description,
    [property: Description("Null before the company has said.")] Money? FundValue,
    [property: Description("Quotas bought by the caller's contributions; null before the company has said."), Example("125.4310")] string? PersonalQuota,
    [property: Description("Quotas bought by an employer's; null before the company has said."), Example("0.0000")] string? ProfessionalQuota,
    [property: Description("Of when the value is; null before.")] Instant? ValuedAt,
    [property: Description("Of one quota, in ALL; null before the company has said."), Example("1043.2211")] string? QuotaPrice,
    [property: Description("Of when the price is; null before.")] Instant? PricedAt)
{
    private const string Voluntary = "voluntary_private_pension";

    public static PrivateFundResponse From(PrivateFund it) => new(
        it.Id, Voluntary, PensionPlans.Of(it.Plan).Manager, it.Plan, FundSettingsResponse.ModeOf(it), it.ContractNumber!, it.OpenedOn!.Value, it.Description, it.Figures.Value,
        FundContributionResponse.Number(it.Figures.PersonalQuotas), FundContributionResponse.Number(it.Figures.ProfessionalQuotas), it.Figures.ValuedAt,
        FundContributionResponse.Number(it.Figures.QuotaPrice), it.Figures.PricedAt);
}

public sealed record PrivateFundDetailsResponse(
    PrivateFundResponse Fund,
    [property: Description("What was paid in through the bank; what was given back is not in it.")] Money TotalInvestment,
    FundSettingsResponse Settings);

[Description("How contributions are taken.")]
public sealed record FundSettingsResponse(
    FundMode PaymentMode,
    [property: Description("Of the automatic contribution; null when there never was one.")] FundAuthorisationState? AuthorisationStatus,
    [property: Description("The account to debit.")] Guid? FromAccountId,
    Money? Amount,
    int? FrequencyMonths,
    LocalDate? PaymentDate,
    [property: Description("Null for no end.")] LocalDate? EndDate,
    [property: Description("The next due date; null when there is none.")] LocalDate? NextDate,
    [property: Description("Due dates in a row that were skipped.")] int Skipped,
    FundResultResponse? LastResult,
    [property: Description("An e-mail for each contribution.")] bool EmailNotice)
{
    public static FundMode ModeOf(PrivateFund it) =>
        it.Authorisation is { State: FundAuthorisationState.Active or FundAuthorisationState.Suspended } ? FundMode.Automatic : FundMode.Manual;

    public static FundSettingsResponse From(PrivateFund it) => new(
        ModeOf(it), it.Authorisation?.State, it.Authorisation?.From.Value, it.Authorisation?.Amount, it.Authorisation?.FrequencyMonths, it.Authorisation?.PaymentDate, it.Authorisation?.EndsOn,
        it.Authorisation?.Next?.DueOn, it.Authorisation?.Skipped ?? 0, FundResultResponse.From(it.Authorisation?.LastResult), it.EmailNotice);
}

[Description("How the last due date went.")]
public sealed record FundResultResponse(
    LocalDate DueDate, ContributionOutcome Outcome, Instant At, [property: Description("Null when it was skipped.")] Guid? TransferId,
    [property: Description("The code of why it was skipped."), Example("insufficient_funds")] string? Reason)
{
    public static FundResultResponse? From(ContributionResult? result) =>
        result is null ? null : new(result.DueOn, result.Outcome, result.At, result.Transfer?.Value, result.Reason);
}

public sealed record FundContributionsResponse(IReadOnlyList<FundContributionResponse> Items);

public sealed record FundContributionResponse(
    [property: Description("Of the transfer.")] Guid Id,
    FundContributionKind Kind,
    FundContributionState Status,
    Money Amount,
    Instant PaidAt,
    [property: Description("What it bought; null before the company has booked it."), Example("9.5857")] string? Quotas,
    [property: Example("1043.2211")] string? QuotaPrice,
    Instant? BookedAt)
{
    public static FundContributionResponse From(FundContribution one) =>
        new(one.Id, one.Kind, one.State, one.Amount, one.PaidAt, Number(one.Quotas), Number(one.QuotaPrice), one.BookedAt);

    internal static string? Number(decimal? number) => number?.ToString("0.0000##", CultureInfo.InvariantCulture);
}
