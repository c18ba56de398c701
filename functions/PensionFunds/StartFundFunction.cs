using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Applications;
using Serverless.Banking.Customers;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Text;
using Serverless.Functions.Http;
using Serverless.Workflows.PensionFunds;

namespace Serverless.Functions.PensionFunds;

public sealed class StartFundFunction(StartFund start, FindContactDetails contacts, StartPensionFund workflow)
{
    [Function("PensionFunds_Start")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Starts an application for a pension fund; the caller's data come with it for verification.", Details = "A draft is kept for 30 days.")]
    [Body<StartFundBody>]
    [Answers<StartedFundResponse>(201)]
    [Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<TermsNotAccepted>, Refuses<PlanNotAvailable>, Refuses<NotAnIndividual>, Refuses<AgeNotEligible>]
    [Refuses<TooManyFundApplications>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/applications")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<StartFundBody>()
            .Then(body => start.RunAsync(
                new FundWish(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.PlanId, body.Description, body.AcceptedTerms), request.HttpContext.RequestAborted))
            .Then(draft => workflow.OfAsync(client, draft))
            .Then(async draft => (Result<StartedFundResponse>)new StartedFundResponse(
                FundApplicationResponse.From(draft), FundApplicantResponse.From(await contacts.RunAsync(request.Customer(), request.HttpContext.RequestAborted))))
            .Respond(started => TypedResults.Created($"/api/v1/pension-funds/applications/{started.Application.Id}", started));
}

public sealed class EditFundFunction(EditFund edit)
{
    [Function("PensionFunds_Edit")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Chooses another plan or description for a draft.")]
    [Body<EditFundBody>]
    [Answers<FundApplicationResponse>]
    [Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<PrivateFundNotFound>, Refuses<FundApplicationNotDraft>, Refuses<PlanNotAvailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/pension-funds/applications/{fundId:guid}")] HttpRequest request, Guid fundId) =>
        request.ReadBody<EditFundBody>()
            .Then(body => edit.RunAsync(request.Customer(), fundId, body.PlanId, body.Description, request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(FundApplicationResponse.From(draft)));
}

public sealed record EditFundBody(
    [property: MaxLength(40), Description("Code of a plan."), Example("raja-balanced")] string PlanId,
    [property: MaxLength(200), Description("The caller's own words for the fund: letters, digits and spaces, at most 140."), Example("Pensioni im")] string Description);

public sealed record StartFundBody(
    [property: MaxLength(40), Description("Code of a plan."), Example("raja-balanced")] string PlanId,
    [property: MaxLength(200), Description("The caller's own words for the fund: letters, digits and spaces, at most 140."), Example("Pensioni im")] string Description,
    [property: MaxLength(20), Description("Version of the service's terms that was read; null accepts none."), Example("2026-01")] string? AcceptedTerms = null);

public sealed record StartedFundResponse(FundApplicationResponse Application, FundApplicantResponse? Applicant);
