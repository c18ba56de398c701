using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Customers;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ListReferenceDataFunction
{
    [Function("Onboarding_ListReferenceData")]
    [Access(Right.Public)]
    [Summary("The lists that the forms need, in the language of Accept-Language.")]
    [Answers<ReferenceDataResponse>]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "public/v1/onboarding/reference-data")] HttpRequest request) =>
        TypedResults.Ok(ReferenceDataResponse.In(AcceptLanguage.Of(request)));
}

/// <param name="Countries">With their cities of birth.</param>
public sealed record ReferenceDataResponse(
    IReadOnlyList<CityResponse> Cities, IReadOnlyList<CodeAndName> Branches, IReadOnlyList<CodeAndName> EducationLevels, IReadOnlyList<CodeAndName> Professions,
    IReadOnlyList<CodeAndName> JobPositions, IReadOnlyList<CodeAndName> CivilStatuses, IReadOnlyList<CountryResponse> Countries)
{
    internal static ReferenceDataResponse In(Language language)
    {
        var lists = ReferenceData.Current;
        return new ReferenceDataResponse(
            [.. lists.Cities.Select(city => new CityResponse(
                city.Code, language.Say(city.Sq, city.En), city.PostalCodes,
                [.. city.AdministrativeUnits.Select(unit => new AdministrativeUnitResponse(unit.Code, language.Say(unit.Sq, unit.En), Names(unit.Villages)))]))],
            Names(lists.Branches), Names(lists.EducationLevels), Names(lists.Professions), Names(lists.JobPositions), Names(lists.CivilStatuses),
            [.. lists.Countries.Select(country => new CountryResponse(country.Code, language.Say(country.Sq, country.En), Names(country.BirthCities)))]);

        IReadOnlyList<CodeAndName> Names(IReadOnlyList<ReferenceItem> items) => [.. items.Select(item => new CodeAndName(item.Code, item.In(language)))];
    }
}

/// <param name="Code">What is sent.</param>
/// <param name="Name">What is shown.</param>
public sealed record CodeAndName(string Code, string Name);

public sealed record CityResponse(string Code, string Name, IReadOnlyList<string> PostalCodes, IReadOnlyList<AdministrativeUnitResponse> AdministrativeUnits);

/// <param name="Villages">And districts.</param>
public sealed record AdministrativeUnitResponse(string Code, string Name, IReadOnlyList<CodeAndName> Villages);

public sealed record CountryResponse(string Code, string Name, IReadOnlyList<CodeAndName> BirthCities);
