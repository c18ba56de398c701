namespace Serverless.Banking;

/// <summary>A currency of ISO 4217, with the number of decimal digits the standard gives it.</summary>
public sealed record Currency
{
    private static readonly Dictionary<string, Currency> Known = new[]
    {
        ("ALL", 2), ("AUD", 2), ("AZN", 2), ("BAM", 2), ("BGN", 2), ("BHD", 3), ("CAD", 2), ("CHF", 2), ("CNY", 2), ("CZK", 2),
        ("DKK", 2), ("EUR", 2), ("GBP", 2), ("HUF", 2), ("ISK", 0), ("JOD", 3), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("MKD", 2),
        ("NOK", 2), ("PLN", 2), ("RON", 2), ("RSD", 2), ("RUB", 2), ("SEK", 2), ("TND", 3), ("TRY", 2), ("UAH", 2), ("USD", 2),
    }.ToDictionary(c => c.Item1, c => new Currency(c.Item1, c.Item2), StringComparer.Ordinal);

    private Currency(string code, int digits) => (Code, Digits) = (code, digits);

    public static Currency All { get; } = Known["ALL"];

    public static Currency Eur { get; } = Known["EUR"];

    /// <summary>Three capital letters; case-exact.</summary>
    public string Code { get; }

    /// <summary>Decimal digits of the minor unit: 2 for ALL, 0 for JPY, 3 for KWD.</summary>
    public int Digits { get; }

    /// <summary>Null for a code that this bank does not know.</summary>
    public static Currency? Find(string? code) => code is not null && Known.TryGetValue(code, out var currency) ? currency : null;

    /// <summary>For codes that the bank itself stored.</summary>
    /// <exception cref="ArgumentException">The code is not known.</exception>
    public static Currency Of(string code) => Find(code) ?? throw new ArgumentException($"Unknown currency '{code}'.", nameof(code));

    public override string ToString() => Code;
}
