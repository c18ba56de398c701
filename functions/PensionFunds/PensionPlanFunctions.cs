using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class ListPensionPlansFunction(IOptionsMonitor<PensionFundsOptions> options)
{
    [Function("PensionFunds_ListPlans")]
    [Access(Right.Info)]
    [Summary("The pension plans with their management companies, and what there is to know before one is chosen.", Details = "A plan that is not offered any more stands here for those who have it.")]
    [Answers<PensionPlansResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-plans")] HttpRequest request)
    {
        var (language, rules) = (AcceptLanguage.Of(request), options.CurrentValue);
        return TypedResults.Ok(new PensionPlansResponse(
            [.. PensionPlans.All.Select(plan => PensionPlanResponse.From(plan, language))], PensionPlans.Information(language), Money.OfMinor(rules.MinimumContribution * 100, Currency.All),
            rules.WorkingAgeFrom, rules.RetirementAge));
    }
}

public sealed class GetPensionPlanFunction
{
    [Function("PensionFunds_GetPlan")]
    [Access(Right.Info)]
    [Summary("One plan in full (read more), with the service's terms and the company's contract that are to be accepted.")]
    [Answers<PensionPlanDetailsResponse>]
    [Refuses<PensionPlanNotFound>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/pension-plans/{plan}")] HttpRequest request, string plan)
    {
        var language = AcceptLanguage.Of(request);
        Result<PensionPlan> found = PensionPlans.Find(plan) is { } known ? known : new PensionPlanNotFound();
        return found.Respond(it => TypedResults.Ok(new PensionPlanDetailsResponse(
            PensionPlanResponse.From(it, language), it.Details[language.Code()], new PensionTextResponse(PensionPlans.TermsVersion, PensionPlans.Terms(language)),
            new PensionTextResponse(PensionPlans.ContractVersion, PensionPlans.Contract(language)))));
    }
}

public sealed record PensionPlansResponse(
    IReadOnlyList<PensionPlanResponse> Items,
    [property: Description("Paragraphs.")] IReadOnlyList<string> Information,
    [property: Description("The least contribution, by hand or automatic.")] Money MinimumContribution,
    [property: Description("In years.")] int MinimumAge,
    [property: Description("In years; from it on no fund is opened.")] int RetirementAge);

public sealed record PensionPlanResponse(
    [property: Example("raja-balanced")] string Code,
    [property: Example("Raja Balanced")] string Name,
    [property: Description("The management company."), Example("Raja Pension")] string Company,
    string Summary,
    [property: Description("Contributions are in it."), Example("ALL")] string Currency,
    [property: Description("False: it takes nobody any more.")] bool IsOffered)
{
    public static PensionPlanResponse From(PensionPlan plan, Language language) =>
        new(plan.Code, plan.Name[language.Code()], plan.Manager, plan.Summary[language.Code()], Banking.Currency.All.Code, plan.IsOffered);
}

public sealed record PensionPlanDetailsResponse(
    PensionPlanResponse Plan, [property: Description("Paragraphs.")] IReadOnlyList<string> Details, PensionTextResponse Terms, PensionTextResponse Contract);

[Description("A text that is accepted by its version.")]
public sealed record PensionTextResponse([property: Example("2026-01")] string Version, [property: Description("Paragraphs.")] IReadOnlyList<string> Text);
