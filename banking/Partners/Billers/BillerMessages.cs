using NodaTime.Text;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Partners;

/// <summary>The biller contract's JSON, as docs/partners.md has it. Members may be missing: what a partner sends is checked, not trusted.</summary>
internal sealed record BillerAmount(string? Amount, string? Currency)
{
    public static BillerAmount From(Money money) => new(money.ToDecimalString(), money.Currency.Code);

    /// <summary>Null when it is no amount, or negative.</summary>
    public Money? ToMoney() =>
        Banking.Currency.Find(Currency) is { } currency && Money.Find(Amount, currency) is { Minor: >= 0 } money ? money : null;
}

internal sealed record BillerSubscriber(string? ClientCode, string? Name);

internal sealed record BillerInvoices(string? ClientCode, string? SubscriberName, IReadOnlyList<BillerInvoice>? Invoices);

/// <summary>Also the data of the webhooks <c>invoice.issued</c> and <c>invoice.withdrawn</c>.</summary>
internal sealed record BillerInvoice(
    string? Number, string? ClientCode, string? SubscriberName, BillerAmount? Amount, BillerAmount? Penalty, string? IssuedOn, string? DueOn, string? Status)
{
    /// <summary>Null when a part is missing or is not what the contract says.</summary>
    public Invoice? ToInvoice(CompanyId company)
    {
        var amount = Amount?.ToMoney();
        var penalty = Penalty is null && amount is not null ? Money.Zero(amount.Currency) : Penalty?.ToMoney();
        var issuedOn = LocalDatePattern.Iso.Parse(IssuedOn ?? "");
        var dueOn = DueOn is null ? null : LocalDatePattern.Iso.Parse(DueOn);
        InvoiceState? state = Status switch
        {
            "unpaid" => InvoiceState.Unpaid,
            "paid" => InvoiceState.Paid,
            "withdrawn" => InvoiceState.Withdrawn,
            _ => null,
        };
        var whole = InvoiceNumber.IsValid(Number) && ClientCode is { Length: > 0 } && amount is { IsPositive: true }
            && penalty?.Currency == amount.Currency && issuedOn.Success && dueOn is null or { Success: true } && state is not null;
        return whole
            ? new Invoice(
                new ClientAccount(company, ClientCode!), Number!, SubscriberName ?? "", amount!, penalty!, issuedOn.Value, dueOn?.Value, state!.Value)
            : null;
    }
}

internal sealed record BillerPayment(
    string PaymentId, string ClientCode, string InvoiceNumber, BillerAmount Amount, BillerAmount Penalty, string PaidAt)
{
    public static BillerPayment From(BillerOrder order) => new(
        order.PaymentId.ToString("N"),
        order.Account.ClientCode,
        order.InvoiceNumber,
        BillerAmount.From(order.Amount),
        BillerAmount.From(order.Penalty),
        InstantPattern.ExtendedIso.Format(order.PaidAt));
}

/// <summary>Also the data of the webhook <c>payment.settled</c>.</summary>
internal sealed record BillerSettlement(string? PaymentId, string? Status, string? Reference, string? Code)
{
    /// <summary>What cannot be understood is no answer: it is asked for again.</summary>
    public Settlement ToSettlement() => (Status, Code) switch
    {
        ("confirmed", _) => new Settlement.Confirmed(Reference),
        ("pending", _) => new Settlement.Pending(),
        ("refused", "already_paid") => new Settlement.Refused(RefusalReason.AlreadyPaid),
        ("refused", "amount_changed") => new Settlement.Refused(RefusalReason.AmountChanged),
        ("refused", "withdrawn") => new Settlement.Refused(RefusalReason.Withdrawn),
        _ => new Settlement.Unknown(),
    };
}
