using System.Text;

namespace Serverless.Banking.EKlik;

/// <summary>What a password of eKlik must be (EKL-03); another rule than that of the mobile bank (<see cref="Credentials.PasswordRules"/>).</summary>
/// <remarks>Letters and digits of any script; a password is taken in the composed form, so that one typed on another keyboard is the same.</remarks>
public static class EKlikPasswordRules
{
    public const int LengthAtLeast = 8;
    public const int LengthAtMost = 128;

    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>Every rule that is not met, in the order of EKL-03; empty for a good password.</returns>
    public static IReadOnlyList<Invalid> Check(string password, string field)
    {
        var composed = Composed(password);
        var faults = new List<Invalid>();
        if (composed.Length < LengthAtLeast)
            faults.Add(new EKlikPasswordLength(field, LengthAtLeast));
        if (!composed.Any(char.IsUpper))
            faults.Add(new EKlikPasswordCapital(field));
        if (composed.Count(char.IsLetter) < 2)
            faults.Add(new EKlikPasswordLetter(field));
        if (!composed.Any(char.IsDigit))
            faults.Add(new EKlikPasswordDigit(field));
        if (composed.All(c => char.IsLetterOrDigit(c) || char.IsWhiteSpace(c)))
            faults.Add(new EKlikPasswordSymbol(field));
        return faults;
    }

    /// <summary>As it is hashed and compared.</summary>
    /// <remarks>What is no text (half a surrogate pair) is left as it is: no password of anybody's.</remarks>
    internal static string Composed(string password)
    {
        try
        {
            return password.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return password;
        }
    }
}
