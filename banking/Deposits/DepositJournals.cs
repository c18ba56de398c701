using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Deposits;

/// <summary>The three movements of a deposit. Each has one id for ever, so that it happens once whoever repeats it.</summary>
internal static class DepositJournals
{
    public const string Opening = "deposit_opening";
    public const string Interest = "deposit_interest";

    /// <summary>Principal and interest, at the end.</summary>
    public const string Payout = "deposit_payout";

    /// <summary>The interest alone; the principal goes on.</summary>
    public const string InterestPayout = "deposit_interest_payout";

    /// <summary>What the bank's deposits cost it.</summary>
    public static BankAccount Expense(Currency currency) => new("deposits/interest", currency);

    /// <summary>What it owes the treasury for its customers.</summary>
    public static BankAccount Withheld(Currency currency) => new("deposits/withholding-tax", currency);

    public static TransactionId OpeningId(DepositId deposit) => TransactionId.Derive(Opening, deposit.Value.ToString("N"));

    /// <summary>From the funding account to the deposit: together or not at all.</summary>
    public static Journal Open(Deposit it) => new(
        OpeningId(it.Id), Opening, [Leg.Debit(it.Funding, it.InitialAmount, PartyOf(it)), Leg.Credit(it.Account, it.InitialAmount)],
        it.Language.Say($"Depozitë me afat {it.ContractNumber}", $"Term deposit {it.ContractNumber}"), it.ConfirmedAt.InZone(BankTime.Tirane).Date, Reference(it));

    /// <summary>What a term has earned: the bank pays the gross, withholds the tax, and the rest is on the deposit. Null when it has earned nothing.</summary>
    public static Journal? Earn(Deposit it, LocalDate on)
    {
        var interest = it.Term.Interest;
        if (!interest.Gross.IsPositive)
            return null;
        List<Leg> legs = [Leg.Debit(Expense(interest.Gross.Currency), interest.Gross)];
        if (interest.Net.IsPositive)
            legs.Add(Leg.Credit(it.Account, interest.Net));
        if (interest.Tax.IsPositive)
            legs.Add(Leg.Credit(Withheld(interest.Tax.Currency), interest.Tax));
        return new Journal(
            TransactionId.Derive(Interest, it.Id.Value.ToString("N"), Number(it.Term.Number)), Interest, legs,
            it.Language.Say($"Interes i depozitës {it.ContractNumber}", $"Interest of deposit {it.ContractNumber}"), on, Reference(it));
    }

    /// <summary>From the deposit to an account of the customer.</summary>
    public static Journal Pay(Deposit it, DepositPayment payment, AccountId to, LocalDate on) => new(
        PaymentId(it, payment), payment.IsPrincipal ? Payout : InterestPayout, [Leg.Debit(it.Account, payment.Amount), Leg.Credit(to, payment.Amount, PartyOf(it))],
        payment.IsPrincipal
            ? it.Language.Say($"Shlyerje e depozitës {it.ContractNumber}", $"Deposit {it.ContractNumber} paid out")
            : it.Language.Say($"Interes i depozitës {it.ContractNumber}", $"Interest of deposit {it.ContractNumber}"),
        on, Reference(it));

    public static TransactionId PaymentId(Deposit it, DepositPayment payment) => TransactionId.Derive(Payout, it.Id.Value.ToString("N"), Number(payment.Term));

    public static DepositId DepositOf(Journal journal) => new(Guid.ParseExact(journal.Reference, "N"));

    private static Party PartyOf(Deposit it) => new(null, it.ContractNumber);

    private static string Reference(Deposit it) => it.Id.Value.ToString("N");

    private static string Number(int term) => term.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
