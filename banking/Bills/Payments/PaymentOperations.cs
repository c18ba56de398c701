using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>Payments that the books do not show, for the customer's history: those under way and those that failed before the account was debited.</summary>
internal sealed class PaymentOperations(PaymentTable payments, CompanyCatalogue companies) : IOperationSource
{
    public string Name => "bill-payment";

    public async IAsyncEnumerable<Operation> ListAsync(
        CustomerId customer, AccountId? account, Interval period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var payment in payments.ListUnbookedAsync(customer, period, cancellation))
        {
            if (account is null || payment.From == account)
                yield return ToOperation(payment);
        }
    }

    public async Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await payments.FindAsync(customer, new PaymentId(id), cancellation) is { } record ? ToOperation(record.Payment) : null;

    private Operation ToOperation(Payment payment) => new(
        OperationId.Of(Name, payment.Id.Value), payment.From, payment.StartedAt,
        payment switch
        {
            { State: PaymentState.Processing } => OperationState.Pending,
            { State: PaymentState.Failed, IsReturned: false } => OperationState.Failed,
            _ => OperationState.Booked,
        },
        "bill_payment", -payment.Debit, payment.Description ?? PaymentCourse.Text(payment),
        new Party(companies.Of(payment.Account.Company).Name, null), payment.Id.Value.ToString("N"))
    {
        Transaction = payment.Journal,
        FailureCode = payment.Failure?.Code,
    };
}
