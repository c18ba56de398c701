namespace Serverless.Banking;

/// <summary>A currency of ISO 4217, with the number of decimal digits the standard gives it.</summary>
public sealed record Currency
{
    /// <summary>The standard's active list by number of decimals, without metals, units of account and codes for tests, which nobody pays with.</summary>
    private static readonly Dictionary<string, Currency> Known = new[]
    {
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK
            DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
            LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
            SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    }.SelectMany(group => group.Item2.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(code => new Currency(code, group.Item1)))
    .ToDictionary(currency => currency.Code, StringComparer.Ordinal);

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
