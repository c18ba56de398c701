namespace Serverless.Banking.Bills;

/// <summary>A customer's payments of bills.</summary>
public sealed class ListPayments
{
    private readonly PaymentTable payments;

    internal ListPayments(PaymentTable payments) => this.payments = payments;

    /// <returns>Newest first, failed ones too.</returns>
    public Task<Page<Payment>> RunAsync(CustomerId customer, PageRequest page, CancellationToken cancellation) =>
        payments.ListAsync(customer, page, cancellation);
}
