using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.EKlik;

/// <summary>Section <c>EKlik</c>. The numbers are those of EKL-26 and EKL-27.</summary>
public sealed class EKlikOptions : IValidatableObject
{
    /// <summary>Base64 of 32 random bytes, the same in every instance: seals the secrets of tokens at rest, and requests for a reset on their way. A secret.</summary>
    [Required]
    [Secret]
    public string Key { get; set; } = "";

    /// <summary>Keys that sealed before; still opened. One may go when no token is older than its replacement.</summary>
    [Secret]
    public IList<string> OldKeys { get; } = [];

    /// <summary>Of the page on which a password is reset; the link's secret follows a number sign, which no server sees.</summary>
    [Required]
    public Uri? ResetPage { get; set; }

    /// <summary>With what a number of a local operator begins, in E.164 (EKL-01).</summary>
    public IList<string> LocalOperators { get; } = [];

    [Range(1, 90)]
    public int ActivationDays { get; set; } = 7;

    /// <summary>From the right activation code to the password.</summary>
    [Range(5, 1440)]
    public int PasswordMinutes { get; set; } = 30;

    [Range(5, 1440)]
    public int ResetMinutes { get; set; } = 30;

    /// <summary>Requests for a reset in a day for one personal number, whether it is anybody's or not.</summary>
    [Range(1, 1000)]
    public int ResetsPerDay { get; set; } = 5;

    /// <summary>Wrong passwords, activation codes or one-time passwords in a row that block the user or the token.</summary>
    [Range(1, 100)]
    public int Tries { get; set; } = 5;

    /// <summary>How far, in hours, the clock of a hardware token that is synchronised may be from ours.</summary>
    [Range(1, 168)]
    public int SynchronisingHours { get; set; } = 24;

    /// <summary>Synchronisations that may be tried in an hour for one token: each is a guess at twelve digits.</summary>
    [Range(1, 100)]
    public int SynchronisingsPerHour { get; set; } = 10;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OldKeys.Prepend(Key).Any(key => !QuotesOptions.IsKey(key)))
            yield return new ValidationResult("EKlik:Key and EKlik:OldKeys must be base64 of exactly 32 bytes.", [nameof(Key)]);
        if (ResetPage is not { IsAbsoluteUri: true, Fragment: "" })
            yield return new ValidationResult("EKlik:ResetPage must be the whole address of a page.", [nameof(ResetPage)]);
    }

    internal byte[][] KeyBytes() => [.. OldKeys.Prepend(Key).Select(Convert.FromBase64String)];

    internal Duration CodeLife => Duration.FromDays(ActivationDays);
}
