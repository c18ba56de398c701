using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SaveOverdraftPersonalFunction(SavePersonalDetails save)
{
    [Function("Overdrafts_SavePersonalData")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Takes the applicant's personal data.")]
    [Body<OverdraftPersonalBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ValueNotListed>, Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/overdraft-applications/{applicationId:guid}/personal-data")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<OverdraftPersonalBody>()
            .Then(body => save.RunAsync(
                request.Customer(), ApplicationProduct.Overdraft, applicationId,
                new PersonalDetails(body.ResidenceStatus, body.MaritalStatus, body.FamilyMembers, null, null), request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record OverdraftPersonalBody(
    [property: MaxLength(40), Example("owner")] string ResidenceStatus,
    [property: MaxLength(40), Example("married")] string MaritalStatus,
    [property: Range(0, 30), Description("In the family certificate."), Example("4")] int FamilyMembers);
