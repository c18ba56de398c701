using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Insurance;

/// <summary>Purchases that the books do not show, for the customer's history: those under way, and those that came to nothing.</summary>
internal sealed class PolicyOperations(PurchaseTable purchases, InsuranceLists lists) : IOperationSource
{
    public const string JournalKind = "insurance_payment";

    public string Name => "insurance";

    public async IAsyncEnumerable<Operation> ListAsync(
        CustomerId customer, AccountId? account, Interval period, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var it in purchases.ListAsync(customer, period, cancellation))
        {
            if (it.State != PurchaseState.Issued && (account is null || it.From == account))
                yield return Of(it);
        }
    }

    public async Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
        await purchases.FindAsync(id, cancellation) is { } record && record.It.Customer == customer ? Of(record.It) : null;

    /// <summary>As the customer reads it on the statement: the kind of insurance, and nobody's name.</summary>
    public static string Describe(InsuranceLists lists, PolicyPurchase it) => lists.NameOf(it.Kind).Sq;

    private Operation Of(PolicyPurchase it) => new(
        OperationId.Of(Name, it.Id), it.From, it.OrderedAt,
        it.State switch
        {
            PurchaseState.Ordered or PurchaseState.Booking => OperationState.Pending,
            PurchaseState.Issued => OperationState.Booked,
            _ => OperationState.Failed,
        },
        JournalKind, -it.Debit, Describe(lists, it), new Party(lists.Of(it.Insurer).Name, null), it.Id.ToString("N"))
    {
        Transaction = it.State is PurchaseState.Ordered or PurchaseState.Booking or PurchaseState.Issued ? it.Journal : null,
        FailureCode = it.State is PurchaseState.Refused or PurchaseState.Lapsing or PurchaseState.Lapsed ? it.RefusalCode : null,
    };
}
