using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>A payment as read or written, with what guards its next change.</summary>
internal sealed record PaymentRecord(Payment Payment, string RequestHash, ETag ETag);

/// <summary>The customers' payments in storage, and which quotes they used up.</summary>
internal sealed class PaymentTable(BankTables tables)
{
    private readonly TableClient table = tables.Open(PaymentKeys.Table);

    public async Task<PaymentRecord?> FindAsync(CustomerId customer, PaymentId id, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<PaymentRow>(
            PaymentKeys.Partition(customer), PaymentKeys.Payment(id), cancellationToken: cancellation);
        return row.HasValue ? new PaymentRecord(row.Value!.ToPayment(), row.Value.RequestHash, row.Value.ETag) : null;
    }

    /// <summary>Newest first. One query; pages may be shorter than asked for.</summary>
    public async Task<Page<Payment>> ListAsync(CustomerId customer, PageRequest page, CancellationToken cancellation)
    {
        var partition = PaymentKeys.Partition(customer);
        var after = page.After ?? PaymentKeys.FirstListed;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after} and RowKey lt {PaymentKeys.AfterListed}");
        var rows = new List<PaymentRow>();
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, maxPerPage: page.Limit + 1, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count > page.Limit)
                break;
        }

        var items = rows.Take(page.Limit).ToArray();
        return new Page<Payment>([.. items.Select(row => row.ToPayment())], rows.Count > page.Limit ? items[^1].RowKey : null);
    }

    /// <summary>Payments begun in the period whose account was not debited, or perhaps not yet; newest first.</summary>
    public async IAsyncEnumerable<Payment> ListUnbookedAsync(
        CustomerId customer, Interval period, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (partition, from, to) = (PaymentKeys.Partition(customer), PaymentKeys.ListedBefore(period.End), PaymentKeys.ListedBefore(period.Start));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {from} and RowKey lt {to} and (State eq {nameof(PaymentState.Processing)} or (State eq {nameof(PaymentState.Failed)} and IsReturned eq {false}))");
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, cancellationToken: cancellation))
            yield return row.ToPayment();
    }

    /// <summary>Begun since then for this client code; newest first.</summary>
    public async IAsyncEnumerable<Payment> ListSinceAsync(
        CustomerId customer, ClientAccount account, Instant since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var (partition, to) = (PaymentKeys.Partition(customer), PaymentKeys.ListedBefore(since));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {PaymentKeys.FirstListed} and RowKey lt {to} and Company eq {account.Company.Value} and ClientCode eq {account.ClientCode}");
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, cancellationToken: cancellation))
            yield return row.ToPayment();
    }

    /// <summary>Ordered through one channel in a period, newest first, with the key of each in the list.</summary>
    /// <param name="after">A key of the list: only what is older; null for all of the period.</param>
    public async Task<IReadOnlyList<(string Key, Payment Payment)>> ListByChannelAsync(
        CustomerId customer, string channel, Interval period, string? after, int limit, CancellationToken cancellation)
    {
        var (partition, from, to) = (PaymentKeys.Partition(customer), after ?? PaymentKeys.ListedBefore(period.End), PaymentKeys.ListedBefore(period.Start));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {from} and RowKey lt {to} and Channel eq {channel}");
        List<(string, Payment)> found = [];
        await foreach (var row in table.QueryAsync<PaymentRow>(filter, cancellationToken: cancellation))
        {
            found.Add((row.RowKey, row.ToPayment()));
            if (found.Count == limit)
                break;
        }

        return found;
    }

    /// <summary>Writes a new payment, and with it the use of its quote. One transaction.</summary>
    /// <param name="quote">Null when the payment was not quoted.</param>
    /// <returns>Null when the payment is there already, or the quote was used by another; nothing was written.</returns>
    public async Task<PaymentRecord?> BeginAsync(Payment payment, string requestHash, Guid? quote, CancellationToken cancellation)
    {
        var actions = Rows(payment, requestHash).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)).ToList();
        if (quote is { } used)
            actions.Add(new TableTransactionAction(TableTransactionActionType.Add, QuoteUseRow.Of(payment, used)));

        try
        {
            var answers = await table.SubmitTransactionAsync(actions, cancellation);
            return new PaymentRecord(payment, requestHash, answers.Value[0].Headers.ETag ?? default);
        }
        catch (TableTransactionFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    /// <summary>Moves a payment on. One transaction, and a read more for each writer that came first.</summary>
    /// <param name="change">From the payment as it is; null leaves it.</param>
    public async Task<PaymentRecord> ChangeAsync(PaymentRecord record, Func<Payment, Payment?> change, CancellationToken cancellation)
    {
        while (change(record.Payment) is { } changed)
        {
            var rows = Rows(changed, record.RequestHash);
            try
            {
                var answers = await table.SubmitTransactionAsync(
                    [
                        new TableTransactionAction(TableTransactionActionType.UpdateReplace, rows[0], record.ETag),
                        new TableTransactionAction(TableTransactionActionType.UpsertReplace, rows[1]),
                    ],
                    cancellation);
                return new PaymentRecord(changed, record.RequestHash, answers.Value[0].Headers.ETag ?? default);
            }
            catch (TableTransactionFailedException e) when (e.Status == 412)
            {
                record = await FindAsync(record.Payment.Customer, record.Payment.Id, cancellation)
                    ?? throw new InvalidOperationException($"Payment {record.Payment.Id} is gone.");
            }
        }

        return record;
    }

    /// <summary>The payment that confirmed the quote; null while it can be confirmed.</summary>
    public async Task<PaymentId?> FindQuoteUseAsync(CustomerId customer, Guid quote, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<QuoteUseRow>(PaymentKeys.Partition(customer), PaymentKeys.QuoteUse(quote), cancellationToken: cancellation);
        return row.HasValue ? new PaymentId(row.Value!.PaymentId) : null;
    }

    private static PaymentRow[] Rows(Payment payment, string requestHash) =>
    [
        PaymentRow.From(payment, requestHash, PaymentKeys.Partition(payment.Customer), PaymentKeys.Payment(payment.Id)),
        PaymentRow.From(payment, requestHash, PaymentKeys.Partition(payment.Customer), PaymentKeys.Listed(payment.StartedAt, payment.Id)),
    ];
}
