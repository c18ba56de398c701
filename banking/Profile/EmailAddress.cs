using System.Text.RegularExpressions;

namespace Serverless.Banking.Profile;

/// <summary>What the bank takes as an e-mail address: at most 33 characters (PROF-06), letters, digits and <c>. _ - +</c> around one at sign, a domain with a dot.</summary>
public static partial class EmailAddress
{
    public const int LengthAtMost = 33;

    public static bool IsGood(string text) => text.Length <= LengthAtMost && Shape().IsMatch(text);

    /// <summary><c>a…@example.al</c>.</summary>
    public static string Mask(string email) => email.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{email[0]}…{email[at..]}" : "…";

    [GeneratedRegex(@"\A[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}\z")]
    private static partial Regex Shape();
}
