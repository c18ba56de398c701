using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Turnovers;

/// <summary>What a customer ordered to be paid, a transfer or a bill, under its unique number.</summary>
/// <param name="Number">The order's own id: what people name it by, and the reference of its entries in the books.</param>
/// <param name="Kind">As its journal's: <c>inside_transfer</c>, <c>bill_payment</c>.</param>
/// <param name="State">The order's own word for it, in snake_case.</param>
/// <param name="PayeeAccount">IBAN, number or client code; masked where the customer knows it masked.</param>
/// <param name="Reference">The number of the invoice; null for a transfer.</param>
/// <param name="Debited">What leaves the account, fee included.</param>
public sealed record OrderedPayment(
    Guid Number, string Kind, string State, Instant OrderedAt, AccountId From, string PayeeName, string PayeeAccount, string? Reference, Money Amount, Money Debited,
    Money Fee, string? Description, string? Channel)
{
    /// <summary>Exactly one of these two.</summary>
    public Transfer? Transfer { get; private init; }

    /// <summary>Exactly one of these two.</summary>
    public Payment? Bill { get; private init; }

    public static OrderedPayment Of(Transfer transfer) => new(
        transfer.Id.Value, transfer.Kind.Code(), Word(transfer.State), transfer.OrderedAt, transfer.From, transfer.To.Name, transfer.To.Account, null,
        transfer.Amount, transfer.Total, transfer.Fee, transfer.Description, transfer.Channel)
    {
        Transfer = transfer,
    };

    public static OrderedPayment Of(Payment payment, Company company) => new(
        payment.Id.Value, "bill_payment", Word(payment.State), payment.StartedAt, payment.From, company.Name, payment.Account.ClientCode, payment.InvoiceNumber,
        payment.Total, payment.Debit, Money.Zero(payment.Debit.Currency), payment.Description, payment.Channel)
    {
        Bill = payment,
    };

    /// <summary>Whether the entries of this kind of journal bear the number of an order as their reference.</summary>
    public static bool IsKind(string journalKind) =>
        journalKind == "bill_payment" || Enum.GetValues<TransferKind>().Any(kind => kind.Code() == journalKind);

    private static string Word<T>(T state) where T : struct, Enum => state.ToString().ToLowerInvariant();
}
