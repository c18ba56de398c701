using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Interbank;

/// <summary>Settings section <c>Interbank</c>: payments to and from other banks.</summary>
public sealed class InterbankOptions : IValidatableObject
{
    /// <summary>The bank's own.</summary>
    public string Bic { get; set; } = "SRVLALTR";

    /// <summary>ISO 4217 codes in which a national transfer may be sent.</summary>
    public IList<string> NationalCurrencies { get; } = [];

    /// <summary>ISO 4217 codes in which an international transfer may be sent.</summary>
    public IList<string> InternationalCurrencies { get; } = [];

    /// <summary>Of the terms that a customer accepts before money is sent abroad.</summary>
    public string TermsVersion { get; set; } = "2026-01";

    /// <summary>How long the network is asked before staff find out what became of a payment. The hold stays until somebody knows.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromDays(5);

    /// <summary>An order that was begun and never taken is withdrawn after this: longer than any request lives.</summary>
    public TimeSpan AbandonAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Names that are stopped, besides those of <c>screening.json</c>.</summary>
    public IList<string> ScreenedNames { get; } = [];

    /// <summary>Countries that are stopped (ISO 3166-1 alpha-2), besides those of <c>screening.json</c>.</summary>
    public IList<string> ScreenedCountries { get; } = [];

    internal IReadOnlyList<string> NationalCurrencyList => NationalCurrencies.Count > 0 ? [.. NationalCurrencies] : ["ALL", "EUR", "USD"];

    internal IReadOnlyList<string> InternationalCurrencyList =>
        InternationalCurrencies.Count > 0 ? [.. InternationalCurrencies] : ["EUR", "USD", "GBP", "CHF", "CAD", "AUD"];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Iso20022.Bic.Find(Bic) is null)
            yield return new ValidationResult("Interbank:Bic is no BIC.");
        foreach (var code in NationalCurrencies.Concat(InternationalCurrencies).Where(code => Currency.Find(code) is null))
            yield return new ValidationResult($"Interbank: '{code}' is no known currency.");
    }
}
