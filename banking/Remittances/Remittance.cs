using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Remittances;

/// <summary>One payout of money sent from abroad.</summary>
/// <remarks>Derived from the PIN alone: one PIN has one payout, whoever asks for it and however often.</remarks>
public readonly record struct RemittanceId(Guid Value)
{
    internal static RemittanceId Of(string pin) => new(StableGuid.Of("remittance", "ria", pin));
}

/// <param name="Sent">In the currency of the sender.</param>
/// <param name="Credited">In the account's currency.</param>
/// <param name="Rate">Units of the account's currency for one sent; null when they are the same.</param>
/// <param name="Reference">The remitter's, once it has confirmed.</param>
/// <param name="RefusalCode">The remitter's, when it has refused.</param>
public sealed record Remittance(
    RemittanceId Id, CustomerId Customer, AccountId To, Money Sent, Money Credited, decimal? Rate, string Sender, string TermsVersion,
    RemittancePayoutState State, string? Reference, string? RefusalCode, Instant CreatedAt);

/// <summary>Only ever moves down this list, and never leaves the last three.</summary>
public enum RemittancePayoutState
{
    /// <summary>The remitter has not confirmed: nothing is credited.</summary>
    Pending,

    /// <summary>The remitter was silent beyond the deadline: staff find out. A late answer still settles it.</summary>
    Unresolved,

    /// <summary>The remitter has confirmed; the money is being booked.</summary>
    Confirmed,

    /// <summary>On the account. Final.</summary>
    Credited,

    /// <summary>Confirmed, but the account could not take it any more: the money waits for staff. Final.</summary>
    Suspense,

    /// <summary>The remitter refused; nothing was credited. Final.</summary>
    Refused,
}
