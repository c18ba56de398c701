using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Identification;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ShowReviewFunction(ConfirmData operation)
{
    [Function("Onboarding_ShowReview")]
    [Access(Right.Public)]
    [Summary("Everything that was said and identified, on one page.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Answers<ReviewResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/onboarding/application/review")] HttpRequest request) =>
        operation.ShowAsync(request.ApplicationToken(), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(ReviewResponse.From(it)));
}

/// <param name="DataHash">Named by the confirmation.</param>
/// <param name="ConfirmedAt">Null while it can be corrected.</param>
public sealed record ReviewResponse(
    string DataHash, Instant? ConfirmedAt, string Email, string PersonalId, string? Mobile, [property: Description("From the document; it cannot be corrected here.")] IdentityResponse Identity,
    ResidenceDto Residence, TaxStatusDto TaxStatus, QuestionnaireDto PersonalData)
{
    internal static ReviewResponse From(OnboardingApplication it) => new(
        it.DataHash ?? ReviewedData.HashOf(it), it.ConfirmedAt, it.Email, it.PersonalNumber, it.Mobile, IdentityResponse.From(it.Person!), ResidenceOf(it.Residence!), TaxOf(it.TaxStatus!), DataOf(it.PersonalData!));

    internal static ResidenceDto ResidenceOf(Residence it) => new(it.IsEmigrant, it.City, it.PostalCode, it.Address, it.AdministrativeUnit, it.Village, it.Branch);

    internal static TaxStatusDto TaxOf(TaxStatus it) => new(it.HasUsRelation, it.IsForeignTaxpayer, it.TaxCountry, it.TaxNumber);

    internal static QuestionnaireDto DataOf(Questionnaire it) => new(
        it.EducationLevel, it.Profession, it.JobPosition, it.CivilStatus, it.FatherFirstName, it.MotherMaidenSurname, it.BirthCountry, it.BirthCity, it.MarketingEmails, it.CreditHistoryCheck);
}

[Description("What the document says.")]
public sealed record IdentityResponse(
    DocumentType DocumentType, string DocumentNumber, string IssuingCountry, string PersonalNumber, string Surname, string GivenNames, LocalDate BirthDate, LocalDate ExpiresOn)
{
    internal static IdentityResponse From(IdentifiedPerson it) =>
        new(it.DocumentType, it.DocumentNumber, it.IssuingCountry, it.PersonalNumber, it.Surname, it.GivenNames, it.BirthDate, it.ExpiresOn);
}
