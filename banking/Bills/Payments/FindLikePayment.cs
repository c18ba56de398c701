using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>Looks for a payment of the same amount for the same client code shortly before: an invoice that came twice, perhaps (EKL-30).</summary>
/// <remarks>The same invoice is not paid twice whatever the customer says: its claim sees to that.</remarks>
internal sealed class FindLikePayment(PaymentTable payments, IOptions<BillsOptions> options, TimeProvider time)
{
    /// <returns>The newest one that has not failed; null when there is none. One storage call.</returns>
    public async Task<PaymentId?> RunAsync(CustomerId customer, ClientAccount account, Invoice invoice, CancellationToken cancellation)
    {
        if (options.Value.DuplicateWindow == TimeSpan.Zero)
            return null;
        var since = Instant.FromDateTimeOffset(time.GetUtcNow() - options.Value.DuplicateWindow);
        await foreach (var payment in payments.ListLikeAsync(customer, account, invoice.Total, since, cancellation))
        {
            if (payment.State != PaymentState.Failed)
                return payment.Id;
        }

        return null;
    }
}
