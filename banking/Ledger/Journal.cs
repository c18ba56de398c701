using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>One movement of money: legs that sum to zero in every currency, posted all or not at all.</summary>
/// <remarks>
/// At most one customer's account is debited, because that debit is the guarded step that decides whether the journal happens;
/// it may be debited by several legs (an amount and its fee) and any number of accounts may be credited.
/// </remarks>
public sealed class Journal
{
    /// <summary>Legs of one journal at most, so that the legs of one account always fit one storage transaction.</summary>
    public const int LegsAtMost = 40;

    /// <param name="kind">What it is, in snake_case: <c>bill_payment</c>, <c>cash_deposit</c>.</param>
    /// <param name="description">As the customer reads it on the statement; at most 140 characters (the length of an ISO 20022 remittance line).</param>
    /// <param name="bookedOn">Business date (Europe/Tirane). A repeat may carry a later one: the first one stays.</param>
    /// <param name="reference">What it was booked for, such as a payment's id; at most 100 characters.</param>
    /// <param name="captures">A hold on the debited account that this journal uses: it ends with the posting, whatever of it the legs take.</param>
    /// <exception cref="ArgumentException">The legs do not sum to zero per currency, there are fewer than two, or two customers' accounts are debited.</exception>
    /// <exception cref="OverflowException">The legs' sum does not fit.</exception>
    public Journal(
        TransactionId id, string kind, IReadOnlyList<Leg> legs, string description, LocalDate bookedOn, string reference, HoldId? captures = null)
    {
        Check(id.Value != Guid.Empty, "A journal needs an id.");
        Check(kind is { Length: > 0 and <= 100 }, "A kind has 1 to 100 characters.");
        Check(description.Length <= 140, "A description has at most 140 characters.");
        Check(reference.Length <= 100, "A reference has at most 100 characters.");
        Check(legs.Count is >= 2 and <= LegsAtMost, $"A journal has 2 to {LegsAtMost} legs, not {legs.Count}.");
        Check(legs.All(leg => leg.Account?.Value != Guid.Empty), "A leg needs an account.");

        var debtors = legs.Where(leg => leg is { Account: not null, Side: Side.Debit }).Select(leg => leg.Account!.Value).Distinct().ToArray();
        Check(debtors.Length <= 1, "Only one customer's account can be debited by a journal.");

        foreach (var currency in legs.GroupBy(leg => leg.Amount.Currency))
        {
            var sum = currency.Aggregate(Money.Zero(currency.Key), (total, leg) => total + leg.Signed);
            Check(sum.Minor == 0, $"The legs leave {sum} over.");
        }

        Check(captures is null || debtors.Length == 1, "A hold is captured by a journal that debits its account.");
        (Id, Kind, Legs, Description, BookedOn, Reference, Captures) = (id, kind, [.. legs], description, bookedOn, reference, captures);
        Debtor = debtors.Length == 0 ? null : debtors[0];
    }

    public TransactionId Id { get; }

    public string Kind { get; }

    /// <summary>In the caller's order.</summary>
    public IReadOnlyList<Leg> Legs { get; }

    public string Description { get; }

    public LocalDate BookedOn { get; }

    public string Reference { get; }

    /// <summary>The hold that the debit uses; null when it takes available balance.</summary>
    public HoldId? Captures { get; }

    /// <summary>The one customer's account that is debited; null when the bank pays.</summary>
    public AccountId? Debtor { get; }

    /// <summary>
    /// The customer's account whose marker says whether the journal happened: the debtor, else the first credited; null when
    /// only the bank's own accounts are touched. This is the account to name to <see cref="VoidJournal"/>, <see cref="FindJournal"/> and <see cref="ReverseJournal"/>.
    /// </summary>
    public AccountId? Decider => Debtor ?? Legs.FirstOrDefault(leg => leg.Account is not null)?.Account;

    /// <summary>As stored, once it was written: the intent and the deciding marker say the same.</summary>
    internal string? Text { get; set; }

    /// <summary>Once it was computed: every account's marker has it.</summary>
    internal string? ContentHash { get; set; }

    /// <summary>How many customers' accounts are credited. The mirror of a journal with more than one would debit them all, which no journal can.</summary>
    internal int Creditors() =>
        Legs.Where(leg => leg is { Account: not null, Side: Side.Credit }).Select(leg => leg.Account!.Value).Distinct().Count();

    private static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
