using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Bills;

/// <summary>The last known invoices of client accounts in storage.</summary>
internal sealed class InvoiceTable(BankTables tables)
{
    private const int ActionsPerTransaction = 100;

    /// <summary>A list that did not change is written again only after this long: the customer is told a time that is old by so much at most.</summary>
    private static readonly Duration AsOfPrecision = Duration.FromMinutes(1);

    private readonly TableClient table = tables.Open(InvoiceKeys.Table);

    /// <summary>One query.</summary>
    public async Task<KnownInvoices> ReadAsync(ClientAccount account, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {InvoiceKeys.Partition(account)} and RowKey lt {InvoiceKeys.AfterInvoices}");
        AccountRow? head = null;
        var invoices = new List<Invoice>();
        var claims = new Dictionary<string, ClaimRow>(StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (row.RowKey == InvoiceKeys.Account)
                head = new AccountRow { SubscriberName = row.GetString(nameof(AccountRow.SubscriberName))!, AsOf = row.GetDateTimeOffset(nameof(AccountRow.AsOf))!.Value };
            else if (row.ContainsKey(nameof(ClaimRow.PaymentId)))
                claims.Add(row.RowKey[InvoiceKeys.Claim("").Length..], ToClaim(row));
            else
                invoices.Add(ToInvoice(row, account));
        }

        return new KnownInvoices(
            account,
            head?.SubscriberName ?? "",
            head is null ? null : Instant.FromDateTimeOffset(head.AsOf),
            [.. invoices.OrderBy(invoice => invoice.IssuedOn).ThenBy(invoice => invoice.Number, StringComparer.Ordinal)],
            claims);
    }

    /// <summary>Keeps what the company says now, so that it can be shown while the company is away.</summary>
    /// <param name="known">As read a moment ago; another writer in between wins or loses, and the next reading mends it.</param>
    public Task RecordAsync(KnownInvoices known, UnpaidAtCompany reported, Instant now, CancellationToken cancellation) =>
        RecordAsync(known, reported, now, [], cancellation);

    /// <param name="besides">Rows of the same partition, written in any case and after those that tell what the company says.</param>
    public async Task RecordAsync(
        KnownInvoices known, UnpaidAtCompany reported, Instant now, IReadOnlyList<ITableEntity> besides, CancellationToken cancellation)
    {
        var before = known.Invoices.ToDictionary(invoice => invoice.Number, StringComparer.Ordinal);
        var numbers = reported.Invoices.Select(invoice => invoice.Number).ToHashSet(StringComparer.Ordinal);
        var changed = reported.Invoices.Where(invoice => !before.TryGetValue(invoice.Number, out var same) || same != invoice).ToArray();
        var gone = known.Invoices.Where(invoice => !numbers.Contains(invoice.Number) && known.WithClaim(invoice).State != InvoiceState.Paying).ToArray();
        var isKnown = changed.Length == 0 && gone.Length == 0 && known.SubscriberName == reported.SubscriberName && now - known.AsOf < AsOfPrecision;
        var head = new AccountRow { PartitionKey = InvoiceKeys.Partition(known.Account), SubscriberName = reported.SubscriberName, AsOf = now.ToDateTimeOffset() };
        await UpsertAsync(isKnown ? besides : [.. changed.Select(InvoiceRow.From), head, .. besides], cancellation);
        await Task.WhenAll(gone.Select(invoice =>
            table.DeleteEntityAsync(head.PartitionKey, InvoiceKeys.Invoice(invoice.Number), cancellationToken: cancellation)));
    }

    /// <summary>Writes rows of one partition, in groups that each commit together; the last row goes with the last group.</summary>
    public async Task UpsertAsync(IReadOnlyList<ITableEntity> rows, CancellationToken cancellation)
    {
        foreach (var group in rows.Chunk(ActionsPerTransaction))
            await table.SubmitTransactionAsync(group.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), cancellation);
    }

    private static Invoice ToInvoice(TableEntity row, ClientAccount account) => new InvoiceRow
    {
        Number = row.GetString(nameof(InvoiceRow.Number))!,
        SubscriberName = row.GetString(nameof(InvoiceRow.SubscriberName))!,
        AmountMinor = row.GetInt64(nameof(InvoiceRow.AmountMinor))!.Value,
        PenaltyMinor = row.GetInt64(nameof(InvoiceRow.PenaltyMinor))!.Value,
        Currency = row.GetString(nameof(InvoiceRow.Currency))!,
        IssuedOn = row.GetString(nameof(InvoiceRow.IssuedOn))!,
        DueOn = row.GetString(nameof(InvoiceRow.DueOn)),
    }.ToInvoice(account);

    private static ClaimRow ToClaim(TableEntity row) => new()
    {
        PartitionKey = row.PartitionKey,
        RowKey = row.RowKey,
        ETag = row.ETag,
        PaymentId = row.GetGuid(nameof(ClaimRow.PaymentId))!.Value,
        Customer = row.GetString(nameof(ClaimRow.Customer))!,
        FromAccount = row.GetGuid(nameof(ClaimRow.FromAccount)),
        State = row.GetString(nameof(ClaimRow.State))!,
        At = row.GetDateTimeOffset(nameof(ClaimRow.At))!.Value,
        Failure = row.GetString(nameof(ClaimRow.Failure)),
    };
}
