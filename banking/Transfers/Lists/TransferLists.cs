using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Banking.Customers;
using Serverless.Banking.Interbank;

namespace Serverless.Banking.Transfers;

/// <param name="Name">In the caller's language.</param>
public sealed record ListedValue(string Code, string Name);

public sealed record ListedPurposeCategory(string Code, string Name, IReadOnlyList<ListedValue> Purposes);

/// <summary>What a transfer's form offers (TRF-21): exactly what a transfer accepts.</summary>
/// <param name="Countries">By name.</param>
public sealed record TransferFormLists(
    IReadOnlyList<ListedValue> Countries,
    IReadOnlyList<string> NationalCurrencies,
    IReadOnlyList<string> InternationalCurrencies,
    IReadOnlyList<ListedPurposeCategory> PurposeCategories,
    IReadOnlyList<ListedValue> BeneficiaryCategories);

/// <param name="Text">In the caller's language.</param>
public sealed record TermsText(string Version, string Text);

/// <summary>The lists and the terms of transfers, in words. The codes are those that transfers check; names are in <c>names.json</c>, texts in <c>terms.json</c>.</summary>
public sealed class TransferLists(IOptions<InterbankOptions> options)
{
    private static readonly Names Data = Read<Names>("names.json");
    private static readonly Dictionary<string, Dictionary<string, string>> Terms = Read<Dictionary<string, Dictionary<string, string>>>("terms.json");

    public TransferFormLists Find(Language language) => new(
        [.. Data.Countries.Where(country => Interbank.Countries.IsKnown(country.Key)).Select(country => new ListedValue(country.Key, country.Value[language.Code()]))
            .OrderBy(country => Text.SearchWords.Of(country.Name), StringComparer.Ordinal)],
        options.Value.NationalCurrencyList,
        options.Value.InternationalCurrencyList,
        [.. TransferPurposes.Categories.Select(category => new ListedPurposeCategory(
            category.Code, Data.PurposeCategories[category.Code][language.Code()],
            [.. category.Purposes.Select(purpose => new ListedValue(purpose, Data.Purposes[purpose][language.Code()]))]))],
        [.. TransferPurposes.PayeeCategories.Select(category => new ListedValue(category, Data.PayeeCategories[category][language.Code()]))]);

    /// <summary>The terms of international transfers as they are now (TRF-22).</summary>
    /// <exception cref="KeyNotFoundException">The settings name a version that nobody has written: found at the first start, by the settings' test.</exception>
    public TermsText FindTerms(Language language) => new(options.Value.TermsVersion, Terms[options.Value.TermsVersion][language.Code()]);

    private static T Read<T>(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Serverless.Banking.Transfers.Lists.{file}")!;
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Names(
        Dictionary<string, Dictionary<string, string>> Countries,
        Dictionary<string, Dictionary<string, string>> PurposeCategories,
        Dictionary<string, Dictionary<string, string>> Purposes,
        Dictionary<string, Dictionary<string, string>> PayeeCategories);
}
