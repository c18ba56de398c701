namespace Serverless.Banking.Bills;

/// <summary>One payment of a customer, as it stands.</summary>
public sealed class FindPayment
{
    private readonly PaymentTable payments;

    internal FindPayment(PaymentTable payments) => this.payments = payments;

    /// <returns>The payment, or <see cref="PaymentNotFound"/>.</returns>
    public async Task<Result<Payment>> RunAsync(CustomerId customer, PaymentId id, CancellationToken cancellation) =>
        await payments.FindAsync(customer, id, cancellation) is { } record ? record.Payment : new PaymentNotFound();
}
