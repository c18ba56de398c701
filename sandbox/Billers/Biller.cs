using System.Runtime.InteropServices;

namespace Serverless.Sandbox.Billers;

/// <summary>One company's books. Every method is one step under one lock, so calls may race.</summary>
internal sealed class Biller(BillerSeed seed)
{
    private readonly Lock gate = new();
    private Dictionary<string, Subscriber> subscribers = seed.SubscribersByCode();
    private Dictionary<string, Invoice> invoices = seed.InvoicesByNumber();

    /// <summary>So that a subscriber is answered in proportion to his own invoices: a company has many subscribers.</summary>
    private Dictionary<string, List<string>> numbers = NumbersOf(seed.InvoicesByNumber());
    private OrderedDictionary<string, TakenPayment> payments = new(StringComparer.Ordinal);
    private int lastReference;

    public string Id => seed.Id;

    public string Name => seed.Name;

    public BillerSeed Seed => seed;

    public Subscriber? FindSubscriber(string clientCode)
    {
        lock (gate)
        {
            return subscribers.GetValueOrDefault(clientCode);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Invoice> Unpaid(string clientCode)
    {
        lock (gate)
        {
            return
            [
                .. numbers.GetValueOrDefault(clientCode, []).Select(number => invoices[number]).Where(invoice => invoice.Status == InvoiceStatus.Unpaid)
                    .OrderBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Number, StringComparer.Ordinal),
            ];
        }
    }

    public Invoice? FindInvoice(string clientCode, string number)
    {
        lock (gate)
        {
            return invoices.TryGetValue(number, out var invoice) && invoice.ClientCode == clientCode ? invoice : null;
        }
    }

    public IReadOnlyList<TakenPayment> Payments()
    {
        lock (gate)
        {
            return [.. payments.Values];
        }
    }

    public TakenPayment? FindPayment(string paymentId)
    {
        lock (gate)
        {
            return payments.GetValueOrDefault(paymentId);
        }
    }

    public bool AddSubscriber(Subscriber subscriber)
    {
        lock (gate)
        {
            return subscribers.TryAdd(subscriber.ClientCode, subscriber);
        }
    }

    public InvoiceChange AddInvoice(NewInvoice wanted)
    {
        lock (gate)
        {
            if (!subscribers.TryGetValue(wanted.ClientCode, out var subscriber))
            {
                return new InvoiceChange.UnknownSubscriber();
            }

            var invoice = new Invoice(
                wanted.Number, wanted.ClientCode, subscriber.Name, wanted.Amount, wanted.Penalty, wanted.IssuedOn, wanted.DueOn, InvoiceStatus.Unpaid);
            if (!invoices.TryAdd(invoice.Number, invoice))
            {
                return new InvoiceChange.NumberTaken();
            }

            (CollectionsMarshal.GetValueRefOrAddDefault(numbers, invoice.ClientCode, out _) ??= []).Add(invoice.Number);
            return new InvoiceChange.Done(invoice);
        }
    }

    /// <summary>Withdraws an unpaid invoice or changes its amount; nothing else may change once it is out.</summary>
    public InvoiceChange Change(string number, Func<Invoice, Invoice> change)
    {
        lock (gate)
        {
            if (!invoices.TryGetValue(number, out var invoice))
            {
                return new InvoiceChange.UnknownInvoice();
            }

            return invoice.Status == InvoiceStatus.Unpaid
                ? new InvoiceChange.Done(invoices[number] = change(invoice))
                : new InvoiceChange.NotUnpaid(invoice.Status);
        }
    }

    /// <summary>Takes a payment once, however often it is sent.</summary>
    /// <param name="isPending">A new payment is answered later, by <see cref="SettleByItself"/> or <see cref="Settle"/>.</param>
    /// <param name="refuseWith">A new payment is refused with this code whatever the books say.</param>
    public PaymentAnswer Take(Payment payment, bool isPending, string? refuseWith, DateTimeOffset receivedAt)
    {
        lock (gate)
        {
            if (payments.TryGetValue(payment.PaymentId, out var taken))
            {
                if (taken.Payment != payment)
                {
                    return new PaymentAnswer.IdReused();
                }

                payments[payment.PaymentId] = taken with { TimesSent = taken.TimesSent + 1 };
                return new PaymentAnswer.Taken(taken.Settlement, IsNew: false);
            }

            if (!invoices.TryGetValue(payment.InvoiceNumber, out var invoice) || invoice.ClientCode != payment.ClientCode)
            {
                return new PaymentAnswer.UnknownInvoice();
            }

            var settlement = isPending ? Settlement.Pending(payment.PaymentId) : Decide(payment, invoice, refuseWith);
            payments.Add(payment.PaymentId, new TakenPayment(payment, receivedAt, settlement, TimesSent: 1));
            return new PaymentAnswer.Taken(settlement, IsNew: true);
        }
    }

    /// <summary>Settles a pending payment by the books as they are now.</summary>
    /// <returns>Null when there is nothing to settle any more.</returns>
    public Settlement? SettleByItself(string paymentId, string? refuseWith)
    {
        lock (gate)
        {
            return payments.TryGetValue(paymentId, out var taken) && taken.Settlement.Status == SettlementStatus.Pending
                ? Record(taken, Decide(taken.Payment, invoices[taken.Payment.InvoiceNumber], refuseWith))
                : null;
        }
    }

    /// <summary>Settles a pending payment as somebody has decided; the books may forbid a confirmation.</summary>
    /// <param name="refuseWith">Null confirms.</param>
    public SettleAnswer Settle(string paymentId, string? refuseWith)
    {
        lock (gate)
        {
            if (!payments.TryGetValue(paymentId, out var taken))
            {
                return new SettleAnswer.UnknownPayment();
            }

            if (taken.Settlement.Status != SettlementStatus.Pending)
            {
                return new SettleAnswer.AlreadySettled(taken.Settlement);
            }

            var invoice = invoices[taken.Payment.InvoiceNumber];
            return refuseWith is null && Objection(taken.Payment, invoice) is { } objection
                ? new SettleAnswer.Impossible(objection)
                : new SettleAnswer.Done(Record(taken, Decide(taken.Payment, invoice, refuseWith)));
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            subscribers = seed.SubscribersByCode();
            invoices = seed.InvoicesByNumber();
            numbers = NumbersOf(invoices);
            payments = new(StringComparer.Ordinal);
            lastReference = 0;
        }
    }

    private static Dictionary<string, List<string>> NumbersOf(Dictionary<string, Invoice> invoices) => invoices.Values
        .GroupBy(invoice => invoice.ClientCode, StringComparer.Ordinal)
        .ToDictionary(own => own.Key, own => own.Select(invoice => invoice.Number).ToList(), StringComparer.Ordinal);

    private Settlement Record(TakenPayment taken, Settlement settlement)
    {
        payments[settlement.PaymentId] = taken with { Settlement = settlement };
        return settlement;
    }

    private Settlement Decide(Payment payment, Invoice invoice, string? refuseWith)
    {
        if ((refuseWith ?? Objection(payment, invoice)) is { } code)
        {
            return Settlement.Refused(payment.PaymentId, code);
        }

        invoices[invoice.Number] = invoice with { Status = InvoiceStatus.Paid };
        return Settlement.Confirmed(payment.PaymentId, $"{Id.ToUpperInvariant()}-{++lastReference:D6}");
    }

    private static string? Objection(Payment payment, Invoice invoice) => invoice.Status switch
    {
        InvoiceStatus.Paid => SettlementCodes.AlreadyPaid,
        InvoiceStatus.Withdrawn => SettlementCodes.Withdrawn,
        _ => payment.Amount == invoice.Amount && payment.Penalty == invoice.Penalty ? null : SettlementCodes.AmountChanged,
    };
}
