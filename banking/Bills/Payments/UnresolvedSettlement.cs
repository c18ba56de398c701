using Serverless.Banking.Approvals;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>What staff found out at the company about a payment that it did not answer for; a second member of staff decides.</summary>
public static class UnresolvedSettlement
{
    internal const string Kind = "bill_settlement";

    /// <param name="reference">The company's own number of the payment; null when it gave none.</param>
    public static ChangeProposal Paid(string key, CustomerId customer, PaymentId payment, string? reference, string reason) =>
        new(key, Kind, Resource(payment), StoredJson.Write(new Content(customer, payment.Value, IsPaid: true, reference)), "paid", reason);

    /// <summary>The company has not booked it and will not: the customer gets his money back.</summary>
    public static ChangeProposal Refused(string key, CustomerId customer, PaymentId payment, string reason) =>
        new(key, Kind, Resource(payment), StoredJson.Write(new Content(customer, payment.Value, IsPaid: false, null)), "failed, money returned", reason);

    private static string Resource(PaymentId payment) => $"bill-payment/{payment.Value:D}";

    internal sealed record Content(CustomerId Customer, Guid Payment, bool IsPaid, string? Reference);
}

internal sealed class UnresolvedSettlementChange(PaymentTable payments, SettlePayment settle) : IChangeHandler
{
    public string Kind => UnresolvedSettlement.Kind;

    /// <returns>Or, first match: <see cref="PaymentNotFound"/> (also another customer's), <see cref="PaymentNotUnresolved"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation) =>
        await FindAsync(StoredJson.Read<UnresolvedSettlement.Content>(content), cancellation) switch
        {
            null => new PaymentNotFound(),
            { State: not PaymentState.Unresolved } other => new PaymentNotUnresolved(other.State),
            { } payment => $"unresolved: {payment.Total} to {payment.Account.Company.Value} for invoice {payment.InvoiceNumber}",
        };

    /// <remarks>Settled the other way by a late answer of the company in between, it is not settled again: the company's word stands.</remarks>
    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var wanted = StoredJson.Read<UnresolvedSettlement.Content>(change.Content);
        if (await FindAsync(wanted, cancellation) is not { } payment)
            return new PaymentNotFound();
        Settlement settlement = wanted.IsPaid ? new Settlement.Confirmed(wanted.Reference) : new Settlement.Refused(RefusalReason.Withdrawn);
        await settle.RunAsync(payment.Account.Company, payment.Id, settlement, cancellation);

        // Whoever settled it, this change in an earlier try perhaps: what counts is how it ended.
        var ended = (await FindAsync(wanted, cancellation))!.State;
        return ended == (wanted.IsPaid ? PaymentState.Paid : PaymentState.Failed) ? ended.ToString() : new PaymentNotUnresolved(ended);
    }

    private async Task<Payment?> FindAsync(UnresolvedSettlement.Content wanted, CancellationToken cancellation) =>
        (await payments.FindAsync(wanted.Customer, new PaymentId(wanted.Payment), cancellation))?.Payment;
}
