using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>The journals of a transfer to another bank. The same order always gives the same legs.</summary>
internal static class InterbankJournals
{
    /// <summary>Uses the hold: customer, fee, perhaps the exchange, and what the bank owes the network.</summary>
    public static Journal Settlement(InterbankOrder order, Instant now)
    {
        var transfer = order.Transfer;
        List<Leg> legs = [Leg.Debit(transfer.From, transfer.Debit, transfer.To.ToParty())];
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

        legs.Add(Leg.Credit(CreditIncoming.Settlement(transfer.Amount.Currency), transfer.Amount, transfer.Payer.ToParty()));
        return new Journal(
            transfer.Transaction, transfer.Kind.Code(), legs, transfer.Description ?? "", now.InZone(BankTime.Tirane).Date, order.MessageId, order.Hold);
    }

    /// <summary>
    /// What came back, to the customer at the rate at which it left (so that a whole amount comes back whole), or to suspense when the account can take
    /// nothing any more. Fees are not given back: the work was done.
    /// </summary>
    public static Journal Return(InterbankOrder order, Instant now, bool toSuspense)
    {
        var (transfer, returned) = (order.Transfer, order.Returned!);
        List<Leg> legs = [Leg.Debit(CreditIncoming.Settlement(returned.Currency), returned)];
        var credited = Credited(order);
        if (toSuspense || !credited.IsPositive)
        {
            legs.Add(Leg.Credit(BankAccount.Suspense(returned.Currency), returned));
        }
        else
        {
            if (credited.Currency != returned.Currency)
            {
                legs.Add(Leg.Credit(new BankAccount("fx/position", returned.Currency), returned));
                legs.Add(Leg.Debit(new BankAccount("fx/position", credited.Currency), credited));
            }

            legs.Add(Leg.Credit(transfer.From, credited, transfer.To.ToParty()));
        }

        return new Journal(
            toSuspense ? TransactionId.Derive("transfer_return_suspense", order.MessageId) : order.ReturnJournal, "transfer_return", legs,
            "Kthim i transfertes", now.InZone(BankTime.Tirane).Date, order.MessageId);
    }

    /// <summary>In the account's currency.</summary>
    public static Money Credited(InterbankOrder order)
    {
        var (transfer, returned) = (order.Transfer, order.Returned!);
        if (returned.Currency == transfer.Debit.Currency)
            return returned;
        return returned == transfer.Amount
            ? transfer.Debit
            : Money.OfMinor((long)((Int128)transfer.Debit.Minor * returned.Minor / transfer.Amount.Minor), transfer.Debit.Currency);
    }
}
