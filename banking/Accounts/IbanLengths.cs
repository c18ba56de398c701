namespace Serverless.Banking.Accounts;

/// <summary>How long the IBANs of each country are. Source: the IBAN registry of ISO 13616.</summary>
internal static class IbanLengths
{
    private static readonly Dictionary<string, int> ByCountry = new[]
    {
        (15, "NO"), (16, "BE"), (18, "DK FI FK FO GL NL SD"), (19, "MK SI"), (20, "AT BA EE KZ LT LU MN XK"), (21, "CH HR LI LV"),
        (22, "BG BH CR DE GB GE IE ME RS VA"), (23, "AE GI IL IQ OM SO TL"), (24, "AD CZ ES MD PK RO SA SE SK TN VG"), (25, "LY PT ST"),
        (26, "IS TR"), (27, "BI DJ FR GR IT MC MR SM"), (28, "AL AZ BY CY DO GT HN HU LB NI PL SV"), (29, "BR EG PS QA UA"), (30, "JO KW MU YE"),
        (31, "MT SC"), (32, "LC"), (33, "RU"),
    }.SelectMany(group => group.Item2.Split(' ').Select(country => (Country: country, Length: group.Item1)))
    .ToDictionary(pair => pair.Country, pair => pair.Length, StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, int> All => ByCountry;

    /// <summary>False also for a country that has no IBANs.</summary>
    public static bool Fits(string electronic) => ByCountry.TryGetValue(electronic[..2], out var length) && electronic.Length == length;
}
