using System.Globalization;
using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>What a new password must be; one policy for registration, recovery and change (ONB-07, ONB-33).</summary>
/// <remarks>Letters are those of A to Z: others can be typed in two ways that look the same and differ as bytes.</remarks>
public static class PasswordRules
{
    public const int LengthAtLeast = 8;
    public const int LengthAtMost = 16;

    private const int RunAtLeast = 3;

    /// <param name="bornOn">Null when the bank does not know it: then that rule says nothing.</param>
    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>Every rule that is broken, in the order of ONB-07, then of words that everybody tries; empty for a good password. <see cref="PasswordReused"/> needs the former ones and is not here.</returns>
    public static IReadOnlyList<Invalid> Check(string password, LocalDate? bornOn, string field)
    {
        var faults = new List<Invalid>();
        if (password.Length is < LengthAtLeast or > LengthAtMost)
            faults.Add(new PasswordLength(field, LengthAtLeast, LengthAtMost));
        if (!password.Any(char.IsAsciiLetter) || !password.Any(char.IsAsciiDigit))
            faults.Add(new PasswordLetterDigit(field));
        if (!password.Any(char.IsAsciiLetterUpper) || !password.Any(char.IsAsciiLetterLower))
            faults.Add(new PasswordCase(field));
        if (bornOn is { } date && Plain(password).Contains(date.ToString("ddMMuuuu", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            faults.Add(new PasswordBirthDate(field));
        if (HasRun(password))
            faults.Add(new PasswordSequence(field));
        if (!password.All(char.IsAsciiLetterOrDigit))
            faults.Add(new PasswordSymbol(field));
        if (CommonWords.AreMostOf(password))
            faults.Add(new PasswordCommon(field));
        return faults;
    }

    /// <summary>Without what may stand between the parts of a date.</summary>
    private static string Plain(string password) => string.Concat(password.Where(char.IsAsciiLetterOrDigit));

    private static bool HasRun(string password)
    {
        for (var start = 0; start + RunAtLeast <= password.Length; start++)
        {
            var run = password.AsSpan(start, RunAtLeast);
            var step = run[1] - run[0];
            if (step is >= -1 and <= 1 && run[2] - run[1] == step && !run.ContainsAnyExceptInRange('0', '9'))
                return true;
        }

        return false;
    }
}
