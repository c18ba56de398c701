using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Applications;

/// <param name="Name">In the caller's language.</param>
public sealed record FormValue(string Code, string Name);

/// <summary>What the forms of applications offer (PROD-35), from <c>lists.json</c>; exactly what they accept.</summary>
public static class ApplicationLists
{
    private static readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> Data = Read();

    public static ApplicationList ResidenceStatuses { get; } = new(Data["residenceStatuses"]);

    public static ApplicationList MaritalStatuses { get; } = new(Data["maritalStatuses"]);

    public static ApplicationList EducationLevels { get; } = new(Data["educationLevels"]);

    public static ApplicationList Titles { get; } = new(Data["titles"]);

    public static ApplicationList Sectors { get; } = new(Data["sectors"]);

    public static ApplicationList Professions { get; } = new(Data["professions"]);

    /// <summary>Of Albania, and one for everywhere else.</summary>
    public static ApplicationList Cities { get; } = new(Data["cities"]);

    private static Dictionary<string, Dictionary<string, Dictionary<string, string>>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Applications.lists.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, string>>>>(stream)!;
    }
}

public sealed class ApplicationList
{
    private readonly Dictionary<string, Dictionary<string, string>> values;

    internal ApplicationList(Dictionary<string, Dictionary<string, string>> values) => this.values = values;

    public bool Has(string code) => values.ContainsKey(code);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<FormValue> In(Language language) => [.. values.Select(value => new FormValue(value.Key, value.Value[language.Code()]))];
}
