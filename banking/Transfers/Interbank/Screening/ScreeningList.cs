using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Banking.Text;

namespace Serverless.Banking.Interbank;

/// <summary>The names and countries with which no payment may be made before a person has looked at it (TRF-39).</summary>
/// <remarks>Data: <c>screening.json</c> and settings. In production the list's owner delivers both daily.</remarks>
public sealed class ScreeningList(IOptionsMonitor<InterbankOptions> options)
{
    private static readonly ListData Data = Read();

    /// <returns>What was hit, as <c>name</c> or <c>country</c>; null when nothing was.</returns>
    public string? Find(IEnumerable<string?> names, IEnumerable<string?> countries)
    {
        var stoppedCountries = Data.Countries.Concat(options.CurrentValue.ScreenedCountries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (countries.Any(country => country is not null && stoppedCountries.Contains(country)))
            return "country";
        var stopped = Data.Names.Concat(options.CurrentValue.ScreenedNames).Select(PersonNames.Words).Where(words => words.Count > 0).ToArray();
        return names.OfType<string>().Select(PersonNames.Words).Any(words => stopped.Any(listed => listed.IsSubsetOf(words))) ? "name" : null;
    }

    private static ListData Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Interbank.screening.json")!;
        return JsonSerializer.Deserialize<ListData>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record ListData(IReadOnlyList<string> Names, IReadOnlyList<string> Countries);
}
