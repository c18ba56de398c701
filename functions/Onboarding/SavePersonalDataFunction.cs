using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class SavePersonalDataFunction(SavePersonalData operation, OnboardingOptions options)
{
    [Function("Onboarding_SavePersonalData")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the personal questionnaire; may be corrected until the data are confirmed.",
        Details = "Codes are those of `GET /api/public/v1/onboarding/reference-data`. The last two are free choices.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<QuestionnaireDto>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/personal-data")] HttpRequest request) =>
        request.ReadBody<QuestionnaireDto>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.ToData(), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}

public sealed record QuestionnaireDto(
    [property: MaxLength(40), Example("bachelor")] string EducationLevel,
    [property: MaxLength(40), Example("economist")] string Profession,
    [property: MaxLength(40), Example("employee")] string JobPosition,
    [property: MaxLength(40), Example("single")] string CivilStatus,
    [property: MaxLength(60), Example("Agim")] string FatherFirstName,
    [property: MaxLength(60), Example("Leka")] string MotherMaidenSurname,
    [property: MaxLength(2), Example("AL")] string BirthCountry,
    [property: MaxLength(40), Example("tirane")] string BirthCity,
    [property: Description("The bank may write about offers.")] bool MarketingEmails,
    [property: Description("The bank may check the credit history.")] bool CreditHistoryCheck)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(QuestionnaireDto);

    internal Questionnaire ToData() =>
        new(EducationLevel, Profession, JobPosition, CivilStatus, FatherFirstName, MotherMaidenSurname, BirthCountry, BirthCity, MarketingEmails, CreditHistoryCheck);
}
