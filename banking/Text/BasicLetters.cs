namespace Serverless.Banking.Text;

/// <summary>Latin letters without their marks, by a table: normalisation needs data that a small image lacks.</summary>
public static class BasicLetters
{
    private static readonly Dictionary<char, char> Known = new[]
    {
        "AÀÁÂÃÄÅÆĀĂĄ", "CÇĆĈĊČ", "DÐĎĐ", "EÈÉÊËĒĔĖĘĚ", "GĜĞĠĢ", "HĤĦ", "IÌÍÎÏĨĪĬĮİ", "JĴ", "KĶ", "LĹĻĽĿŁ", "NÑŃŅŇ", "OÒÓÔÕÖØŌŎŐ", "RŔŖŘ", "SŚŜŞŠ", "TŢŤŦ",
        "UÙÚÛÜŨŪŬŮŰŲ", "WŴ", "YÝŶŸ", "ZŹŻŽ",
        "aàáâãäåæāăą", "cçćĉċč", "dðďđ", "eèéêëēĕėęě", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł", "nñńņň", "oòóôõöøōŏő", "rŕŗř", "sßśŝşš", "tţťŧ",
        "uùúûüũūŭůűų", "wŵ", "yýÿŷ", "zźżž",
    }.SelectMany(group => group.Skip(1).Select(letter => (letter, group[0]))).ToDictionary(pair => pair.letter, pair => pair.Item2);

    /// <summary>The letter without its mark; any other character as it is.</summary>
    public static char Of(char c) => Known.TryGetValue(c, out var basic) ? basic : c;

    /// <summary>Marks that stand as characters of their own, as some keyboards write them.</summary>
    public static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F';
}
