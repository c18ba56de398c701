using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>A transfer's way through the network: everything the message needs, and how far it has come.</summary>
/// <param name="Transfer">As ordered; what the customer sees of its state is in his own partition.</param>
/// <param name="Instructed">What the customer ordered to be sent, before charges that the beneficiary bears; in the transfer's currency.</param>
/// <param name="Charge">What is kept of it for the bank; zero unless the beneficiary pays.</param>
/// <param name="StartsAt">Not before: after the cut-off, the next business day.</param>
/// <param name="ExpectedBy">The promise: one business day after it leaves.</param>
/// <param name="ScreeningDeadline">When a transfer that was stopped is rejected, unless staff have decided; null while it was not stopped.</param>
/// <param name="SentAt">Part of the message, so that a repeat is the same message.</param>
/// <param name="Reason">Why it was rejected or came back: an ISO 20022 code or one of <see cref="InterbankReasons"/>.</param>
/// <param name="ReturnId">The returning bank's.</param>
/// <param name="Returned">What came back, in the transfer's currency.</param>
public sealed record InterbankOrder(
    Transfer Transfer,
    Money Instructed,
    Money Charge,
    string? Purpose,
    string? PayeeCategory,
    string? TermsVersion,
    Instant StartsAt,
    LocalDate ExecutionDate,
    LocalDate ExpectedBy,
    InterbankOrderState State,
    Instant? ScreeningDeadline = null,
    string? ScreeningHit = null,
    string? ScreenedBy = null,
    Instant? SentAt = null,
    string? Reason = null,
    string? ReturnId = null,
    Money? Returned = null)
{
    public TransferId Id => Transfer.Id;

    /// <summary>Every retry of every step names the same message, hold and journals.</summary>
    public string MessageId => Transfer.Id.Value.ToString("N");

    public HoldId Hold => HoldOf(Transfer.Id);

    public TransactionId ReturnJournal => TransactionId.Derive("transfer_return", MessageId);

    public static HoldId HoldOf(TransferId transfer) => HoldId.Derive("interbank", transfer.Value.ToString("N"));
}

/// <summary>Changed only with the ETag that was read, so whatever arrives twice, late or out of order, one of two contradicting steps is taken.</summary>
public enum InterbankOrderState
{
    /// <summary>Begun; taken once the customer's transfer is on record.</summary>
    New,

    /// <summary>Never taken: the hold is lifted. Final.</summary>
    Abandoned,

    /// <summary>Stopped by the screening until staff decide.</summary>
    Suspended,

    /// <summary>May leave.</summary>
    Cleared,

    /// <summary>Handed to the network, or about to be: from here on only its answer ends the hold.</summary>
    Sent,

    /// <summary>The network has accepted; the hold is being turned into the posting.</summary>
    Settling,

    /// <summary>Posted. Final, unless it comes back.</summary>
    Settled,

    /// <summary>Refused by the network, by staff, or by the clock; the hold is being lifted.</summary>
    Rejecting,

    /// <summary>The hold is lifted. Final.</summary>
    Rejected,

    /// <summary>It comes back; the customer is being credited.</summary>
    Returning,

    /// <summary>The customer is credited. Final.</summary>
    Returned,
}

/// <summary>Why a transfer was rejected, besides the codes of ISO 20022.</summary>
public static class InterbankReasons
{
    /// <summary>Staff have rejected it after the screening.</summary>
    public const string Screening = "screening";

    /// <summary>Nobody has decided in time.</summary>
    public const string ScreeningExpired = "screening_expired";

    /// <summary>The network does not carry such a message.</summary>
    public const string MessageRefused = "message_refused";

    /// <summary>The hold was gone before the message left.</summary>
    public const string HoldLost = "hold_lost";
}
