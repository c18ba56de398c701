using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SaveOverdraftWorkFunction(SaveWorkDetails save)
{
    [Function("Overdrafts_SaveWork")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Takes the applicant's education and work.")]
    [Body<OverdraftWorkBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ValueNotListed>, Refuses<TotalBelowCurrentJob>, Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>, Refuses<JobTooRecent>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/overdraft-applications/{applicationId:guid}/work")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<OverdraftWorkBody>()
            .Then(body => save.RunAsync(
                request.Customer(), ApplicationProduct.Overdraft, applicationId,
                new WorkDetails(body.Education, body.Sector, body.Profession, body.MonthsInJob, body.MonthsAtWork, null, null, null, null), request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record OverdraftWorkBody(
    [property: MaxLength(40), Example("master")] string Education,
    [property: MaxLength(40), Example("education")] string Sector,
    [property: MaxLength(40), Example("teacher")] string Profession,
    [property: Range(0, 900), Description("In the current job."), Example("24")] int MonthsInJob,
    [property: Range(0, 900), Description("In all jobs; not below those in the current one."), Example("60")] int MonthsAtWork);
