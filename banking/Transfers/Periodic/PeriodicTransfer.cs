using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>A standing transfer: the same amount again and again, on dates fixed beforehand (TRF-28, TRF-29).</summary>
/// <param name="Kind">Own or Inside.</param>
/// <param name="TermsVersion">Of the terms that the customer accepted.</param>
/// <param name="Passed">Due dates that are done with, executed or missed (TRF-41).</param>
/// <param name="LastDue">The latest of them; null before the first.</param>
/// <param name="Next">Null when there is nothing more to execute.</param>
/// <param name="Running">The execution that was begun and is not recorded yet: it is carried through before anything else happens.</param>
public sealed record PeriodicTransfer(
    PeriodicTransferId Id,
    TransferKind Kind,
    CustomerId Customer,
    PeriodicTerms Terms,
    string TermsVersion,
    Instant CreatedAt,
    PeriodicTransferState State,
    int Passed,
    LocalDate? LastDue,
    PeriodicOccurrence? Next,
    PeriodicResult? LastResult,
    PeriodicExecution? Running)
{
    public override string ToString() => $"periodic transfer {Id} {State}";
}

/// <summary>What the customer chose and may change (TRF-31).</summary>
/// <param name="To">A copy of its own: what becomes of a beneficiary does not matter (TRF-43).</param>
/// <param name="Amount">Positive, in the currency of the account to debit.</param>
/// <param name="EndsOn">The last day on which it may be due; exactly one of this and <paramref name="Count"/>.</param>
/// <param name="Count">Due dates in all.</param>
public sealed record PeriodicTerms(
    AccountId From, Payee To, Money Amount, string? Details, PeriodicFrequency Frequency, LocalDate StartsOn, LocalDate? EndsOn, int? Count);

/// <summary>Source: TRF-41.</summary>
public enum PeriodicFrequency
{
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}

public enum PeriodicTransferState
{
    Active,
    Finished,
    Cancelled,
}

/// <param name="Attempt">0 at 06:00 of the due date; 1 and 2 for the times after it.</param>
/// <param name="At">When the bank tries.</param>
/// <param name="Interruptions">Tries of this attempt that a stop of the bank's systems ended before any money moved.</param>
public sealed record PeriodicOccurrence(LocalDate DueOn, int Attempt, Instant At, int Interruptions = 0);

/// <summary>What is being executed, as it was when it began: a change of the terms meanwhile does not touch it.</summary>
public sealed record PeriodicExecution(LocalDate DueOn, int Attempt, int Interruptions, TransferTerms Terms);

/// <param name="Transfer">Null when it was missed.</param>
/// <param name="Reason">The error's code when it was missed.</param>
public sealed record PeriodicResult(LocalDate DueOn, PeriodicOutcome Outcome, Instant At, TransferId? Transfer, string? Reason);

public enum PeriodicOutcome
{
    Executed,

    /// <summary>Not made, and not made up for (TRF-41).</summary>
    Missed,
}

/// <remarks>The default value of this type is no periodic transfer.</remarks>
public readonly record struct PeriodicTransferId(Guid Value)
{
    /// <summary>A quote is confirmed once, whoever confirms it again meets the first.</summary>
    internal static PeriodicTransferId Of(Guid quote) => new(StableGuid.Of("periodic_transfer", quote.ToString("N")));

    public override string ToString() => Value.ToString("D");
}
