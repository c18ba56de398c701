using System.Text.Json;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Insurance;

/// <summary>What the forms choose from, and the insurers (PAY-15). Data: <c>insurance.json</c>.</summary>
public sealed class InsuranceLists
{
    public InsuranceLists()
    {
        using var stream = typeof(InsuranceLists).Assembly.GetManifestResourceStream("Serverless.Banking.Insurance.insurance.json")!;
        var data = JsonSerializer.Deserialize<ListData>(stream, JsonSerializerOptions.Web)!;
        (TravelZones, Cities, ClientTypes, CoverOptions) = (Read(data.TravelZones), Read(data.Cities), Read(data.ClientTypes), Read(data.CoverOptions));
        Groups = Read(data.Groups);
        Kinds = Read(data.Kinds);
        Insurers = [.. data.Insurers.Select(insurer => new Insurer(insurer.Id, insurer.Name, [.. insurer.Kinds.Select(code => InsuranceKinds.All.Single(kind => CodeOf(kind) == code))]))];
    }

    public IReadOnlyList<ListedValue> TravelZones { get; }

    public IReadOnlyList<ListedValue> Cities { get; }

    /// <summary>Of AutoSOS.</summary>
    public IReadOnlyList<ListedValue> ClientTypes { get; }

    /// <summary>Of AutoSOS.</summary>
    public IReadOnlyList<ListedValue> CoverOptions { get; }

    public IReadOnlyList<Insurer> Insurers { get; }

    private IReadOnlyList<ListedValue> Groups { get; }

    private IReadOnlyList<ListedValue> Kinds { get; }

    public LocalText NameOf(InsuranceGroup group) => Groups.Single(value => value.Code == CodeOf(group)).Name;

    public LocalText NameOf(InsuranceKind kind) => Kinds.Single(value => value.Code == CodeOf(kind)).Name;

    /// <summary>For ids that the bank itself stored.</summary>
    public Insurer Of(string insurer) => Insurers.Single(known => known.Id == insurer);

    private static string CodeOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static ListedValue[] Read(IEnumerable<ValueData> values) => [.. values.Select(value => new ListedValue(value.Code, new LocalText(value.Sq, value.En)))];

    private sealed record ListData(
        ValueData[] Groups, ValueData[] Kinds, ValueData[] TravelZones, ValueData[] Cities, ValueData[] ClientTypes, ValueData[] CoverOptions, InsurerData[] Insurers);

    private sealed record ValueData(string Code, string Sq, string En);

    private sealed record InsurerData(string Id, string Name, string[] Kinds);
}

public sealed record ListedValue(string Code, LocalText Name);

/// <param name="Id">As in the settings, in its webhooks' address, and in the name of its settlement account.</param>
public sealed record Insurer(string Id, string Name, IReadOnlyList<InsuranceKind> Kinds);
