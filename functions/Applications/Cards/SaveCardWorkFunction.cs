using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SaveCardWorkFunction(SaveWorkDetails save)
{
    [Function("CardApplications_SaveWork")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Takes the applicant's education and work.")]
    [Body<CardWorkBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ValueNotListed>, Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}/work")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<CardWorkBody>()
            .Then(body => save.RunAsync(
                request.Customer(), ApplicationProduct.CreditCard, applicationId,
                new WorkDetails(body.Education, body.Sector, body.Profession, body.MonthsInJob, null, body.Title, body.Country, body.City, body.Address),
                request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record CardWorkBody(
    [property: MaxLength(40), Example("master")] string Education,
    [property: MaxLength(40), Example("none")] string Title,
    [property: MaxLength(40), Example("education")] string Sector,
    [property: MaxLength(40), Example("teacher")] string Profession,
    [property: Range(0, 900), Description("In the current job."), Example("24")] int MonthsInJob,
    [property: MaxLength(2), Description("ISO 3166-1 alpha-2."), Example("AL")] string Country,
    [property: MaxLength(40), Example("tirana")] string City,
    [property: MaxLength(140), Example("Rruga e Elbasanit 1")] string Address);
