namespace Serverless.Banking.Bills;

/// <summary>Where an invoice stands for this bank's customers (BILL-28). Only <see cref="Unpaid"/> can be paid.</summary>
/// <remarks>
/// A payment takes it from unpaid to paying. From there it becomes paid, or the payment fails and it is unpaid again, with the failure
/// kept beside it. Withdrawn and paid elsewhere are the company's to say.
/// </remarks>
public enum InvoiceState
{
    Unpaid,

    /// <summary>A payment has claimed it and is under way: nobody else can pay it.</summary>
    Paying,
    Paid,

    /// <summary>The company took it back.</summary>
    Withdrawn,
}
