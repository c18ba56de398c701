namespace Serverless.Banking.Bills;

/// <summary>The payments whose company did not answer within the deadline: staff find out and settle them.</summary>
public sealed class ListUnresolvedPayments
{
    private const int Most = 1000;

    private readonly OpenPayments open;
    private readonly PaymentTable payments;

    internal ListUnresolvedPayments(OpenPayments open, PaymentTable payments) => (this.open, this.payments) = (open, payments);

    /// <returns>Oldest first, at most a thousand, as they stand: a late answer of the company may be settling one now.</returns>
    public async Task<IReadOnlyList<Payment>> RunAsync(CancellationToken cancellation)
    {
        var found = new List<Payment>();
        await foreach (var entry in open.ListUnresolvedAsync(cancellation))
        {
            if (await payments.FindAsync(entry.Payment.Customer, entry.Payment.Id, cancellation) is { Payment: { State: PaymentState.Unresolved } payment })
                found.Add(payment);
            if (found.Count == Most)
                break;
        }

        return [.. found.OrderBy(payment => payment.StartedAt)];
    }
}
