using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>Looks for a payment of the same amount for the same client code shortly before: an invoice that came twice, perhaps (EKL-30).</summary>
/// <remarks>The same invoice is not paid twice whatever the customer says: its claim sees to that.</remarks>
internal sealed class FindLikePayment(PaymentTable payments, IOptions<BillsOptions> options, TimeProvider time)
{
    /// <summary>Begun shortly before for the client code, not failed, newest first; the amounts are still to be compared, so nobody has to know the invoice yet.</summary>
    /// <remarks>One storage call.</remarks>
    public async Task<IReadOnlyList<Payment>> ListAsync(CustomerId customer, ClientAccount account, CancellationToken cancellation)
    {
        if (options.Value.DuplicateWindow == TimeSpan.Zero)
            return [];
        var since = Instant.FromDateTimeOffset(time.GetUtcNow() - options.Value.DuplicateWindow);
        return await payments.ListSinceAsync(customer, account, since, cancellation).Where(payment => payment.State != PaymentState.Failed).ToArrayAsync(cancellation);
    }

    /// <param name="recent">As <see cref="ListAsync"/> answered.</param>
    /// <returns>The newest one of the invoice's total; null when there is none.</returns>
    public static PaymentId? Find(IReadOnlyList<Payment> recent, Invoice invoice) => recent.FirstOrDefault(payment => payment.Total == invoice.Total)?.Id;
}
