using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

public enum OperationKind
{
    Incoming,
    Outgoing,

    /// <summary>Done with debit cards, in either direction.</summary>
    DebitCard,
}

public enum OperationSort
{
    DateNewestFirst,
    DateOldestFirst,

    /// <summary>By the amount whatever its sign, in major units: EUR 20.00 comes before ALL 15.00.</summary>
    AmountHighestFirst,
    AmountLowestFirst,
}

/// <summary>Which operations are wanted; every part may be left out, and all that are set must hold (HIST-03, HIST-04).</summary>
public sealed record OperationFilter
{
    /// <summary>How far back the history goes (HIST-11); statements go further.</summary>
    public const int MonthsOnline = 24;

    /// <summary>How long a period one request may ask for (HIST-11).</summary>
    public const int MonthsAtMost = 12;

    public static OperationFilter Everything { get; } = new();

    /// <summary>Empty: all of the customer's.</summary>
    public IReadOnlyList<AccountId> Accounts { get; init; } = [];

    /// <summary>Found in the description, the counterparty, the reference or the amount.</summary>
    public string? Text { get; init; }

    /// <summary>First day (Europe/Tirane). Alone: from it until today.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Last day. Alone: the twelve months up to it.</summary>
    public LocalDate? To { get; init; }

    /// <summary>In major units of the operation's own currency, whatever its sign.</summary>
    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public OperationKind? Kind { get; init; }

    public Currency? Currency { get; init; }

    public OperationState? State { get; init; }

    public OperationSort Sort { get; init; }

    /// <summary>Whether operations of the period may be left out, so that a page can cost more than its own rows.</summary>
    internal bool IsNarrow => Text is not null || Min is not null || Max is not null || Kind is not null || State is not null;

    internal bool IsByAmount => Sort is OperationSort.AmountHighestFirst or OperationSort.AmountLowestFirst;

    /// <returns>Every fault; empty when there is none.</returns>
    public IReadOnlyList<Invalid> Faults(LocalDate today)
    {
        var faults = new List<Invalid>();
        var oldest = today.PlusMonths(-MonthsOnline);
        var (from, to) = (Near(From, today), Near(To, today));
        if (To < From)
            faults.Add(new EndBeforeStart("to"));
        else if (from < oldest || to < oldest)
            faults.Add(new PeriodNotOnline(from < oldest ? "from" : "to", oldest));
        else if (from is { } start && start.PlusMonths(MonthsAtMost) < (to ?? today))
            faults.Add(new PeriodTooLong(to is null ? "from" : "to", MonthsAtMost));
        if (Min > Max)
            faults.Add(new MinAboveMax("minAmount"));
        return faults;
    }

    /// <summary>
    /// The moments that are looked at: the period asked for, else all that is online, and the last twelve months when the whole of it must be read
    /// to sort it by amount.
    /// </summary>
    internal Interval Period(LocalDate today)
    {
        var last = Near(To, today) ?? LocalDate.Max(today, Near(From, today) ?? today);
        var first = Near(From, today) ?? (To is null && !IsByAmount ? today.PlusMonths(-MonthsOnline) : LocalDate.Max(last.PlusMonths(-MonthsAtMost), today.PlusMonths(-MonthsOnline)));
        return new Interval(BankTime.Tirane.AtStartOfDay(first).ToInstant(), BankTime.Tirane.AtStartOfDay(last.PlusDays(1)).ToInstant());
    }

    /// <summary>The calendar ends somewhere, and nothing is booked in years to come.</summary>
    private static LocalDate? Near(LocalDate? date, LocalDate today) => date is { } it ? LocalDate.Min(it, today.PlusYears(2)) : null;

    /// <param name="text"><see cref="Text"/>, folded.</param>
    internal bool Matches(Operation operation, string? text) =>
        (State is null || operation.State == State)
        && (Currency is null || operation.Amount.Currency == Currency)
        && Kind switch
        {
            OperationKind.Incoming => operation.Amount.Minor > 0,
            OperationKind.Outgoing => operation.Amount.Minor < 0,
            OperationKind.DebitCard => OperationKinds.IsByCard(operation.Kind),
            _ => true,
        }
        && (Min is null || SearchText.Size(operation.Amount) >= Min)
        && (Max is null || SearchText.Size(operation.Amount) <= Max)
        && (text is null || SearchText.IsIn(operation, text));
}
