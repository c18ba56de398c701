using System.Collections.Frozen;

namespace Serverless.Banking.Credentials;

/// <summary>
/// What the commonest passwords are made of, here and elsewhere, and the bank's own words (ASVS 5.0, 6.1.2, 6.2.4 and 6.2.11). A password that is one of them with a few digits or
/// letters around it is among the first that anybody tries, however it is spelled: <c>Passw0rd1</c>, <c>Fjalekalimi7</c>.
/// </summary>
internal static class CommonWords
{
    /// <summary>As many other characters make it a password of its own.</summary>
    private const int OthersAtLeast = 6;

    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
    [
        // The world's.
        "password", "passwort", "passwd", "qwerty", "qwertz", "azerty", "asdfgh", "zxcvbn", "welcome", "letmein", "iloveyou", "admin", "administrator", "login", "master", "secret",
        "changeme", "default", "monkey", "dragon", "football", "baseball", "soccer", "sunshine", "princess", "shadow", "superman", "batman", "pokemon", "starwars", "michael", "jordan",
        "charlie", "ashley", "jessica", "daniel", "summer", "winter", "spring", "autumn", "freedom", "whatever", "trustno", "killer", "hunter", "ranger", "computer", "internet", "samsung",
        "iphone", "google", "facebook", "liverpool", "chelsea", "arsenal", "barcelona", "juventus", "milano", "manchester", "ronaldo", "ferrari", "mercedes", "yamaha",
        // This country's.
        "fjalekalim", "fjalekalimi", "sekret", "sekreti", "shqiperi", "shqiperia", "albania", "kosova", "tirana", "tirane", "durres", "vlora", "shkodra", "elbasan", "skenderbeu", "shqiponja",
        "dashuri", "dashuria", "zemra", "familja", "miresevini",
        // The bank's.
        "serverless", "banka", "bank", "smart", "bktsmart", "eklik", "kontrata", "llogaria", "klienti",
    ]);

    private static readonly int LongestWord = Words.Max(word => word.Length);
    private static readonly int ShortestWord = Words.Min(word => word.Length);

    /// <returns>Whether the password is little more than one of the words.</returns>
    public static bool AreMostOf(string password)
    {
        var plain = string.Concat(password.Select(Plain));
        for (var length = Math.Min(LongestWord, plain.Length); length >= ShortestWord && plain.Length - length < OthersAtLeast; length--)
        {
            for (var start = 0; start + length <= plain.Length; start++)
            {
                if (Words.Contains(plain.Substring(start, length)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Small letters, and digits as the letters that they stand for.</summary>
    private static char Plain(char letter) => letter switch
    {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        _ => char.ToLowerInvariant(letter),
    };
}
