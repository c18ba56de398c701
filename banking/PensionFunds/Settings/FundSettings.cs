using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.PensionFunds;

/// <summary>How contributions are to be taken from now on (LDP-18).</summary>
/// <param name="From">As the others but the mode: null for <see cref="FundMode.Manual"/>.</param>
/// <param name="EndsOn">Null for no end.</param>
public sealed record FundSettings(FundMode Mode, AccountId? From, Money? Amount, int? FrequencyMonths, LocalDate? PaymentDate, LocalDate? EndsOn);

public enum FundMode
{
    /// <summary>Nothing is collected by itself.</summary>
    Manual,

    Automatic,
}
