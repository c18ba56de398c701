using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Accounts;
using Serverless.Banking.Iso20022;

namespace Serverless.Banking.Interbank;

/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record BankDetails(string Name, string City, string Address, string Country, Bic Bic);

/// <summary>Which bank an IBAN belongs to (TRF-19).</summary>
/// <remarks>Data: <c>banks.json</c>, by country where in the IBAN the bank's code stands, and the banks with their codes.</remarks>
public sealed class BankDirectory
{
    private readonly Dictionary<string, Place> places;
    private readonly Dictionary<(string Country, string Code), BankDetails> banks;

    public BankDirectory()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Interbank.banks.json")!;
        var data = JsonSerializer.Deserialize<DirectoryData>(stream, JsonSerializerOptions.Web)!;
        places = new(data.Places, StringComparer.Ordinal);
        banks = data.Banks.ToDictionary(
            bank => (bank.Country, bank.Code), bank => new BankDetails(bank.Name, bank.City, bank.Address, bank.Country, Bic.Of(bank.Bic)));
    }

    /// <returns>Null when the directory does not have the bank.</returns>
    public BankDetails? Find(Iban iban)
    {
        var country = iban.Electronic[..2];
        return places.TryGetValue(country, out var place) && banks.TryGetValue((country, iban.Electronic.Substring(place.Start, place.Length)), out var bank) ? bank : null;
    }

    private sealed record DirectoryData(Dictionary<string, Place> Places, IReadOnlyList<Entry> Banks);

    private sealed record Place(int Start, int Length);

    private sealed record Entry(string Country, string Code, string Name, string City, string Address, string Bic);
}
