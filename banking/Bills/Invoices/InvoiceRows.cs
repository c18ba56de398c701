using Azure;
using Azure.Data.Tables;
using NodaTime.Text;

namespace Serverless.Banking.Bills;

internal sealed class AccountRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = InvoiceKeys.Account;

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string SubscriberName { get; set; } = "";

    public DateTimeOffset AsOf { get; set; }
}

internal sealed class InvoiceRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string Number { get; set; } = "";

    public string SubscriberName { get; set; } = "";

    public long AmountMinor { get; set; }

    public long PenaltyMinor { get; set; }

    public string Currency { get; set; } = "";

    public string IssuedOn { get; set; } = "";

    public string? DueOn { get; set; }

    public static InvoiceRow From(Invoice invoice) => new()
    {
        PartitionKey = InvoiceKeys.Partition(invoice.Account),
        RowKey = InvoiceKeys.Invoice(invoice.Number),
        Number = invoice.Number,
        SubscriberName = invoice.SubscriberName,
        AmountMinor = invoice.Amount.Minor,
        PenaltyMinor = invoice.Penalty.Minor,
        Currency = invoice.Amount.Currency.Code,
        IssuedOn = LocalDatePattern.Iso.Format(invoice.IssuedOn),
        DueOn = invoice.DueOn is { } dueOn ? LocalDatePattern.Iso.Format(dueOn) : null,
    };

    public Invoice ToInvoice(ClientAccount account)
    {
        var currency = Banking.Currency.Of(Currency);
        return new Invoice(
            account,
            Number,
            SubscriberName,
            Money.OfMinor(AmountMinor, currency),
            Money.OfMinor(PenaltyMinor, currency),
            LocalDatePattern.Iso.Parse(IssuedOn).Value,
            DueOn is null ? null : LocalDatePattern.Iso.Parse(DueOn).Value,
            InvoiceState.Unpaid);
    }
}

/// <summary>Which payment has an invoice, or had it last.</summary>
internal sealed class ClaimRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid PaymentId { get; set; }

    /// <summary>The payment's partition.</summary>
    public string Customer { get; set; } = "";

    /// <summary>The account that the payment debits; null in rows of an earlier release.</summary>
    public Guid? FromAccount { get; set; }

    /// <summary><see cref="ClaimState"/> by name.</summary>
    public string State { get; set; } = "";

    public DateTimeOffset At { get; set; }

    /// <summary>Why a freed claim failed.</summary>
    public string? Failure { get; set; }

    // A method, because the client writes every property into the table.
    public ClaimState ReadState() => Enum.Parse<ClaimState>(State);
}

internal enum ClaimState
{
    Paying,
    Paid,

    /// <summary>Freed: the next payment may take it.</summary>
    Failed,
}

internal sealed class SubscriberRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid ContractId { get; set; }

    public string Customer { get; set; } = "";
}

internal sealed class SeenRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }
}

internal sealed class PollingRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    /// <summary>When the account was last subscribed to; rewriting it changes the ETag, which keeps a poller from dropping the row.</summary>
    public DateTimeOffset SubscribedAt { get; set; }
}
