using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>What the bank itself knows about the invoices of one client account, without asking the company.</summary>
/// <param name="AsOf">When the company was last asked; null when it never was.</param>
/// <param name="Invoices">Unpaid then, oldest first.</param>
/// <param name="Claims">By invoice number.</param>
internal sealed record KnownInvoices(
    ClientAccount Account, string SubscriberName, Instant? AsOf, IReadOnlyList<Invoice> Invoices, IReadOnlyDictionary<string, ClaimRow> Claims)
{
    /// <summary>What is still unpaid or being paid, as far as the bank knows; oldest first.</summary>
    public IReadOnlyList<Invoice> Open() => Open(Invoices);

    /// <summary>The same, starting from what the company says now. An invoice being paid stays in sight until its payment is settled.</summary>
    public IReadOnlyList<Invoice> Open(IReadOnlyList<Invoice> reported)
    {
        var numbers = reported.Select(invoice => invoice.Number).ToHashSet(StringComparer.Ordinal);
        var underWay = Invoices.Where(known => !numbers.Contains(known.Number)
            && Claims.TryGetValue(known.Number, out var claim) && claim.ReadState() == ClaimState.Paying);
        return [.. underWay.Concat(reported).Select(WithClaim).Where(invoice => invoice.State is InvoiceState.Unpaid or InvoiceState.Paying)];
    }

    /// <summary>The invoice with what the bank knows of its payment: our own claim is newer than anything the company says.</summary>
    public Invoice WithClaim(Invoice reported) => Claims.TryGetValue(reported.Number, out var claim) ? Apply(reported, claim) : reported;

    public static Invoice Apply(Invoice reported, ClaimRow claim) => claim.ReadState() switch
    {
        ClaimState.Paying => reported with { State = InvoiceState.Paying },
        ClaimState.Paid => reported with { State = InvoiceState.Paid },
        _ => reported with { LastFailure = new PaymentFailure(claim.Failure ?? "", Instant.FromDateTimeOffset(claim.At)) },
    };
}
