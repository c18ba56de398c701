using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Ledger;

/// <summary>Times in rows are text, so that a seal over them does not depend on how a storage client rounds.</summary>
internal static class LedgerText
{
    public static string Of(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static string Of(LocalDate date) => LocalDatePattern.Iso.Format(date);

    public static Instant ToInstant(string? text) => InstantPattern.ExtendedIso.Parse(text ?? "").GetValueOrThrow();

    public static LocalDate ToDate(string? text) => LocalDatePattern.Iso.Parse(text ?? "").GetValueOrThrow();
}
