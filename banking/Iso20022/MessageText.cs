using System.Text;
using Serverless.Banking.Text;

namespace Serverless.Banking.Iso20022;

/// <summary>The characters that payment networks carry. Source: the Latin set of the European Payments Council's implementation guidelines.</summary>
public static class MessageText
{
    private const string Signs = "/-?:().,'+ ";

    /// <summary>Letters of any language are taken from others; the bank itself sends <see cref="Basic"/> text.</summary>
    public static bool IsAllowed(string text) => text.All(c => char.IsLetterOrDigit(c) || Signs.Contains(c, StringComparison.Ordinal));

    /// <summary>Basic letters and digits, no slash at either end, no two in a row.</summary>
    public static bool IsIdentifier(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || Signs.Contains(c, StringComparison.Ordinal))
        && !text.StartsWith('/') && !text.EndsWith('/') && !text.Contains("//", StringComparison.Ordinal);

    /// <summary>The text in basic letters: <c>ë</c> as <c>e</c>, <c>ç</c> as <c>c</c>, whatever has no basic letter as a full stop.</summary>
    /// <param name="max">Longer text is cut.</param>
    public static string Basic(string text, int max)
    {
        var basic = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!BasicLetters.IsMark(c))
                basic.Append(BasicLetters.Of(c) is var letter && (char.IsAsciiLetterOrDigit(letter) || Signs.Contains(letter, StringComparison.Ordinal)) ? letter : '.');
        }

        var written = basic.ToString().Trim();
        return written.Length <= max ? written : written[..max].TrimEnd();
    }
}
