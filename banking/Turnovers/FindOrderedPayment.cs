using Serverless.Banking.Bills;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Turnovers;

/// <summary>Unknown, or not the caller's own order.</summary>
public sealed record OrderedPaymentNotFound() : NotFound("ordered_payment_not_found");

/// <summary>A payment by its unique number, for who ordered it.</summary>
public sealed class FindOrderedPayment
{
    private readonly TransferTable transfers;
    private readonly TransferCourse course;
    private readonly PaymentTable payments;
    private readonly CompanyCatalogue companies;

    internal FindOrderedPayment(TransferTable transfers, TransferCourse course, PaymentTable payments, CompanyCatalogue companies) =>
        (this.transfers, this.course, this.payments, this.companies) = (transfers, course, payments, companies);

    /// <returns>Or <see cref="OrderedPaymentNotFound"/>. Both kinds are looked for at once.</returns>
    public async Task<Result<OrderedPayment>> RunAsync(CustomerId customer, Guid number, CancellationToken cancellation)
    {
        var bill = payments.FindAsync(customer, new PaymentId(number), cancellation);
        var transfer = await transfers.FindAsync(customer, new TransferId(number), cancellation);
        if (await bill is { } paid)
            return OrderedPayment.Of(paid.Payment, companies.Of(paid.Payment.Account.Company));
        return transfer is { } found ? OrderedPayment.Of(await course.LookAsync(found.Transfer, cancellation)) : new OrderedPaymentNotFound();
    }
}
