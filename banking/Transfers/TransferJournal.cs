using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>The journal of a transfer that stays within the bank: the payer's account, the payee's, the fee, and the exchange if there is one.</summary>
internal static class TransferJournal
{
    /// <summary>The same transfer always gives the same legs. The reference is the transfer's id.</summary>
    public static Journal Of(Transfer transfer)
    {
        var legs = new List<Leg> { Leg.Debit(transfer.From, transfer.Debit, transfer.To.ToParty()) };
        if (transfer.Fee.IsPositive)
        {
            legs.Add(Leg.Debit(transfer.From, transfer.Fee));
            legs.Add(Leg.Credit(TransferFees.Account(transfer.Fee.Currency), transfer.Fee));
        }

        if (transfer.Amount.Currency != transfer.Debit.Currency)
        {
            legs.Add(Leg.Credit(new BankAccount("fx/position", transfer.Debit.Currency), transfer.Debit));
            legs.Add(Leg.Debit(new BankAccount("fx/position", transfer.Amount.Currency), transfer.Amount));
        }

        legs.Add(transfer.To.AccountId is { } payee
            ? Leg.Credit(payee, transfer.Amount, transfer.Payer.ToParty())
            : Leg.Credit(TransferSettlement.Account(transfer), transfer.Amount, transfer.Payer.ToParty()));
        return new Journal(
            transfer.Transaction, transfer.Kind.Code(), legs, transfer.Description ?? "", transfer.OrderedAt.InZone(BankTime.Tirane).Date,
            reference: transfer.Id.Value.ToString("N"));
    }
}

/// <summary>Where the bank keeps what it owes whoever is to pass a transfer on.</summary>
internal static class TransferSettlement
{
    public static BankAccount Account(Transfer transfer) => transfer.To.Fund is { } manager
        ? BankAccount.Settlement(manager, transfer.Amount.Currency)
        : throw new InvalidOperationException($"Transfer {transfer.Id} names no account within the bank.");
}
