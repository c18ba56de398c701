using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class SaveCardPersonalFunction(SavePersonalDetails save)
{
    [Function("CardApplications_SavePersonalData")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Takes the applicant's personal data.")]
    [Body<CardPersonalBody>]
    [Answers<ApplicationResponse>]
    [Refuses<ValueNotListed>, Refuses<ApplicantEmailMalformed>, Refuses<ApplicationNotFound>, Refuses<ApplicationNotDraft>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/card-applications/{applicationId:guid}/personal-data")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<CardPersonalBody>()
            .Then(body => save.RunAsync(
                request.Customer(), ApplicationProduct.CreditCard, applicationId,
                new PersonalDetails(body.ResidenceStatus, body.MaritalStatus, body.FamilyMembers, body.Email, body.Branch), request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(ApplicationResponse.From(draft)));
}

public sealed record CardPersonalBody(
    [property: MaxLength(254), Example("arta@example.com")] string Email,
    [property: MaxLength(4), Description("Where the card will be collected."), Example("1101")] string Branch,
    [property: MaxLength(40), Example("owner")] string ResidenceStatus,
    [property: MaxLength(40), Example("married")] string MaritalStatus,
    [property: Range(0, 30), Description("All members but the applicant."), Example("3")] int FamilyMembers);
