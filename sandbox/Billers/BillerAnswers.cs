namespace Serverless.Sandbox.Billers;

internal sealed record NewInvoice(string ClientCode, string Number, Money Amount, Money Penalty, DateOnly IssuedOn, DateOnly? DueOn);

internal abstract record InvoiceChange
{
    internal sealed record Done(Invoice Invoice) : InvoiceChange;

    internal sealed record UnknownSubscriber : InvoiceChange;

    internal sealed record UnknownInvoice : InvoiceChange;

    internal sealed record NumberTaken : InvoiceChange;

    internal sealed record NotUnpaid(InvoiceStatus Status) : InvoiceChange;
}

internal abstract record PaymentAnswer
{
    internal sealed record Taken(Settlement Settlement, bool IsNew) : PaymentAnswer;

    internal sealed record IdReused : PaymentAnswer;

    internal sealed record UnknownInvoice : PaymentAnswer;
}

internal abstract record SettleAnswer
{
    internal sealed record Done(Settlement Settlement) : SettleAnswer;

    internal sealed record UnknownPayment : SettleAnswer;

    internal sealed record AlreadySettled(Settlement Settlement) : SettleAnswer;

    /// <param name="Code">Why the books do not allow a confirmation.</param>
    internal sealed record Impossible(string Code) : SettleAnswer;
}
