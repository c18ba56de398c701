using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Ledger;

/// <summary>Times in rows are text, so that a seal over them does not depend on how a storage client rounds.</summary>
internal static class LedgerText
{
    public static string Of(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>Empty for none.</summary>
    public static string Of(UInt128 fingerprint) => fingerprint == 0 ? "" : fingerprint.ToString("x32", CultureInfo.InvariantCulture);

    public static UInt128 ToFingerprint(string? text) =>
        text is null or "" ? 0 : UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public static Instant ToInstant(string? text) => InstantPattern.ExtendedIso.Parse(text ?? "").GetValueOrThrow();

    public static LocalDate ToDate(string? text) => LocalDatePattern.Iso.Parse(text ?? "").GetValueOrThrow();
}
