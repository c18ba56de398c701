using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PensionFunds;

/// <summary>How a fund is to be paid into (LDP-14, LDP-18).</summary>
/// <param name="Amount">In the plan's currency.</param>
/// <param name="FrequencyMonths">1 or 3; null for what is paid once.</param>
/// <param name="PaymentDate">The first due date, from which every later one is counted; null for what is paid once.</param>
/// <param name="EndsOn">The last day on which it may be due; null for no end.</param>
public sealed record FundPayment(FundPaymentMode Mode, AccountId From, Money Amount, int? FrequencyMonths, LocalDate? PaymentDate, LocalDate? EndsOn);

/// <summary>Codes are these names in snake_case.</summary>
public enum FundPaymentMode
{
    OneTime,
    Periodic,
}

/// <summary>A confirmation by the customer, written before its money moves.</summary>
/// <param name="Order">Names the caller's key: a retry goes on with it.</param>
/// <param name="Terms">Of the contribution that is paid at once; null for a periodic one.</param>
/// <param name="AcceptedContract">Version of the contract.</param>
/// <param name="Installation">On which it was accepted, and <paramref name="Language"/> in which.</param>
public sealed record FundSubmission(
    Guid Order, int Attempt, TransferTerms? Terms, OrderingDevice Device, string AcceptedContract, Instant At, string Installation, Language Language);

/// <summary>The automatic contribution of a fund (LDP-21, LDP-28).</summary>
/// <param name="Skipped">Due dates in a row that were skipped.</param>
/// <param name="Next">Null when there is nothing more to collect.</param>
/// <param name="Running">The collection that was begun and is not recorded yet: it is carried through before anything else happens.</param>
public sealed record FundAuthorisation(
    AccountId From, Money Amount, int FrequencyMonths, LocalDate PaymentDate, LocalDate? EndsOn, FundAuthorisationState State, int Skipped, ContributionDue? Next,
    ContributionRun? Running, ContributionResult? LastResult);

/// <summary>Codes are these names in snake_case.</summary>
public enum FundAuthorisationState
{
    Active,

    /// <summary>Its end date has passed.</summary>
    Finished,

    /// <summary>Three due dates in a row were skipped (LDP-28); saving the payment anew begins again.</summary>
    Suspended,

    /// <summary>By the customer (LDP-19).</summary>
    Closed,
}

/// <param name="Attempt">0 on the due date; 1 to 3 on the working days after it.</param>
/// <param name="At">When the bank tries.</param>
/// <param name="Interruptions">Tries of this attempt that a stop of the bank's systems ended before any money moved.</param>
public sealed record ContributionDue(LocalDate DueOn, int Attempt, Instant At, int Interruptions = 0);

/// <summary>What is being collected, as it was when it began: a change of the settings meanwhile does not touch it.</summary>
public sealed record ContributionRun(LocalDate DueOn, int Attempt, int Interruptions, TransferTerms Terms, bool EmailNotice);

/// <param name="Transfer">Null when it was skipped.</param>
/// <param name="Reason">The error's code when it was skipped.</param>
public sealed record ContributionResult(LocalDate DueOn, ContributionOutcome Outcome, Instant At, TransferId? Transfer, string? Reason);

public enum ContributionOutcome
{
    Collected,

    /// <summary>Not made, and not made up for.</summary>
    Skipped,
}

/// <summary>On which dates a contribution is due; counted in Europe/Tirane (LDP-21, LDP-28).</summary>
public static class ContributionCalendar
{
    /// <summary>The further working days on which a contribution that failed is tried again.</summary>
    public const int RetriesAtMost = 3;

    /// <summary>So many skipped dates in a row suspend the authorisation.</summary>
    public const int SkippedAtMost = 3;

    public static IReadOnlyList<int> Frequencies { get; } = [1, 3];

    private static readonly LocalTime RunTime = new(6, 0);

    public static LocalDate Today(Instant now) => now.InZone(BankTime.Tirane).Date;

    public static Instant RunAt(LocalDate date) => (date + RunTime).InZoneLeniently(BankTime.Tirane).ToInstant();

    /// <summary>The first due date on or after a day; null when the end comes before it. Always counted from the first date: the 31st is the last day of a shorter month, and the 31st again in the next long one.</summary>
    public static LocalDate? FirstFrom(LocalDate paymentDate, int months, LocalDate? endsOn, LocalDate day)
    {
        var index = day <= paymentDate ? 0 : Math.Max(0, ((((day.Year - paymentDate.Year) * 12) + day.Month - paymentDate.Month) / months) - 1);
        while (paymentDate.PlusMonths(index * months) < day)
            index++;
        var date = paymentDate.PlusMonths(index * months);
        return date > endsOn ? null : date;
    }

    public static ContributionDue FirstTry(LocalDate dueOn) => new(dueOn, 0, RunAt(dueOn));
}
