using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>An entry of the payments that are not settled.</summary>
/// <param name="Payment">Whose it is. What is paid and how far it has come is in the customer's partition: another order under the same key may have written here.</param>
internal sealed record OpenPayment(Payment Payment, string RequestHash, bool IsUnresolved, string Partition, ETag ETag);

/// <summary>The index of payments that are not settled.</summary>
/// <remarks>
/// An entry is removed only as it was read: whoever works on the payment rewrites it first, so nobody else's removal leaves that work unwatched.
/// </remarks>
internal sealed class OpenPayments(BankTables tables)
{
    private readonly TableClient table = tables.Open(OpenPaymentKeys.Table);

    public async Task<OpenPayment> OpenAsync(Payment payment, string requestHash, CancellationToken cancellation)
    {
        var row = PaymentRow.From(payment, requestHash, OpenPaymentKeys.Partition(payment.Id), OpenPaymentKeys.Row(payment.Id));
        var answer = await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        return new OpenPayment(payment, requestHash, false, row.PartitionKey, answer.Headers.ETag ?? default);
    }

    public async Task CloseAsync(OpenPayment open, CancellationToken cancellation)
    {
        // False: another run of the same payment has it in hand now, or has closed it.
        await table.TryDeleteAsync(open.Partition, OpenPaymentKeys.Row(open.Payment.Id), open.ETag, cancellation);
    }

    /// <summary>Null once it is settled, and for an id that never was a payment.</summary>
    public async Task<OpenPayment?> FindAsync(PaymentId id, CancellationToken cancellation) =>
        await FindAsync(OpenPaymentKeys.Partition(id), id, cancellation) ?? await FindAsync(OpenPaymentKeys.Unresolved, id, cancellation);

    /// <summary>Those that began before the time, unresolved ones left out. Costs in proportion to the open ones.</summary>
    public async IAsyncEnumerable<OpenPayment> ListAsync(Instant startedBefore, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var before = startedBefore.ToDateTimeOffset();
        var filter = TableClient.CreateQueryFilter($"PartitionKey lt {OpenPaymentKeys.Unresolved} and StartedAt lt {before}");
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, cancellationToken: cancellation))
            yield return From(row);
    }

    /// <summary>Those that staff have to settle, in no order. Costs in proportion to them.</summary>
    public async IAsyncEnumerable<OpenPayment> ListUnresolvedAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {OpenPaymentKeys.Unresolved}");
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, cancellationToken: cancellation))
            yield return From(row);
    }

    /// <summary>Hands a payment to staff. Two calls: written there before it is removed here.</summary>
    public async Task MoveToUnresolvedAsync(OpenPayment open, CancellationToken cancellation)
    {
        if (open.IsUnresolved)
            return;
        var row = PaymentRow.From(open.Payment, open.RequestHash, OpenPaymentKeys.Unresolved, OpenPaymentKeys.Row(open.Payment.Id));
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        await CloseAsync(open, cancellation);
    }

    private async Task<OpenPayment?> FindAsync(string partition, PaymentId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<PaymentRow>(partition, OpenPaymentKeys.Row(id), cancellationToken: cancellation);
        return row.HasValue ? From(row.Value!) : null;
    }

    private static OpenPayment From(PaymentRow row) =>
        new(row.ToPayment(), row.RequestHash, row.PartitionKey == OpenPaymentKeys.Unresolved, row.PartitionKey, row.ETag);
}
