using System.Diagnostics.CodeAnalysis;

namespace Serverless.Banking.Accounts;

/// <summary>An IBAN that passed the shape, length and mod-97 checks of ISO 13616.</summary>
public sealed record Iban
{
    /// <summary>Albania: 2 letters, 2 check digits, 8 digits of bank, branch and national check, 16 characters of account.</summary>
    private const int AlbanianLength = 28;

    private static readonly int[] NationalWeights = [9, 7, 3, 1, 9, 7, 3];

    private Iban(string electronic) => Electronic = electronic;

    /// <summary>Without spaces, for payment files and storage; never for logs.</summary>
    public string Electronic { get; }

    /// <summary>Spaces between groups and lower-case letters are taken; null when a check fails.</summary>
    public static Iban? Find(string? text)
    {
        if (text is null || text.Length > 60)
        {
            return null;
        }

        var electronic = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        var shaped = electronic.Length is >= 15 and <= 34
            && electronic.All(char.IsAsciiLetterOrDigit)
            && electronic[..2].All(char.IsAsciiLetterUpper)
            && electronic[2..4].All(char.IsAsciiDigit)
            && IbanLengths.Fits(electronic)
            && Remainder(electronic[4..] + electronic[..4]) == 1;
        if (!shaped)
        {
            return null;
        }

        var albanian = electronic.StartsWith("AL", StringComparison.Ordinal);
        return albanian && !IsAlbanian(electronic) ? null : new Iban(electronic);
    }

    /// <exception cref="ArgumentException">A check fails.</exception>
    public static Iban Of(string text) => Find(text) ?? throw new ArgumentException("Not an IBAN.", nameof(text));

    /// <summary>Builds an Albanian IBAN with both its check digits.</summary>
    /// <param name="bank">Three digits.</param>
    /// <param name="branch">Four digits.</param>
    /// <param name="account">Sixteen capital letters or digits.</param>
    public static Iban Albanian(string bank, string branch, string account)
    {
        var national = bank + branch + NationalCheck(bank + branch) + account;
        var check = 98 - Remainder(national + "AL00");
        return Of($"AL{check:D2}{national}");
    }

    /// <summary>Masked, so that a stray log line shows <c>AL35…7890</c>.</summary>
    public override string ToString() => $"{Electronic[..4]}…{Electronic[^4..]}";

    private static bool IsAlbanian(string electronic) =>
        electronic.Length == AlbanianLength
        && electronic[4..12].All(char.IsAsciiDigit)
        && electronic[11] - '0' == NationalCheck(electronic[4..11]);

    /// <summary>Weighted sum modulo 10 over bank and branch, as the Bank of Albania's numbering has it.</summary>
    private static int NationalCheck(string bankAndBranch)
    {
        var sum = 0;
        for (var i = 0; i < NationalWeights.Length; i++)
        {
            sum += (bankAndBranch[i] - '0') * NationalWeights[i];
        }

        return (10 - (sum % 10)) % 10;
    }

    [SuppressMessage("Style", "IDE0045", Justification = "Two digits for a letter, one for a digit.")]
    private static int Remainder(string text)
    {
        var remainder = 0;
        foreach (var c in text)
        {
            remainder = char.IsAsciiDigit(c)
                ? ((remainder * 10) + (c - '0')) % 97
                : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder;
    }
}
