using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Onboarding;

/// <summary>The lists that the forms need (ONB-24), in both languages. Data: reference.json.</summary>
public sealed record ReferenceData(
    IReadOnlyList<ReferenceCity> Cities, IReadOnlyList<ReferenceItem> Branches, IReadOnlyList<ReferenceItem> EducationLevels, IReadOnlyList<ReferenceItem> Professions,
    IReadOnlyList<ReferenceItem> JobPositions, IReadOnlyList<ReferenceItem> CivilStatuses, IReadOnlyList<ReferenceCountry> Countries)
{
    public static ReferenceData Current { get; } = Read();

    private static ReferenceData Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Onboarding.reference.json")!;
        var read = JsonSerializer.Deserialize<ReferenceData>(stream, JsonSerializerOptions.Web)!;

        // Who was born at home was born in one of the cities, or elsewhere.
        return read with
        {
            Countries =
            [
                .. read.Countries.Select(country => country.Code != "AL" ? country
                    : country with { BirthCities = [.. read.Cities.Select(city => new ReferenceItem(city.Code, city.Sq, city.En)), .. country.BirthCities] }),
            ],
        };
    }
}

/// <param name="Code">What is sent and kept.</param>
public sealed record ReferenceItem(string Code, string Sq, string En)
{
    public string In(Language language) => language.Say(Sq, En);
}

public sealed record ReferenceCity(string Code, string Sq, string En, IReadOnlyList<string> PostalCodes, IReadOnlyList<ReferenceUnit> AdministrativeUnits);

/// <param name="Villages">And districts.</param>
public sealed record ReferenceUnit(string Code, string Sq, string En, IReadOnlyList<ReferenceItem> Villages);

/// <param name="Code">ISO 3166-1 alpha-2; XK for Kosovo.</param>
public sealed record ReferenceCountry(string Code, string Sq, string En, IReadOnlyList<ReferenceItem> BirthCities);
