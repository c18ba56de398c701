using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Receipts;

/// <summary>What a receipt states: that a journal booked these lines on this account.</summary>
/// <param name="Account">An IBAN in electronic form. Not for logs.</param>
/// <param name="Lines">In the journal's order; at least one.</param>
public sealed record Receipt(
    string Issuer, TransactionId Transaction, string Kind, string Reference, string Account, LocalDate BookedOn, Instant PostedAt, IReadOnlyList<ReceiptLine> Lines)
{
    /// <summary>Says only which, so that no log line says whose.</summary>
    public override string ToString() => $"receipt of {Transaction}";
}

/// <param name="Sequence">Number of the entry on the account.</param>
/// <param name="Amount">Credit positive, debit negative.</param>
/// <param name="Hash">Of the entry as booked, which the account's chain of hashes contains.</param>
public sealed record ReceiptLine(long Sequence, Money Amount, string Description, Party? Counterparty, string Hash);
