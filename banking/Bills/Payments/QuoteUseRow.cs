using Azure;
using Azure.Data.Tables;

namespace Serverless.Banking.Bills;

/// <summary>Says which payment confirmed a quote. The quote itself is with the customer, sealed.</summary>
internal sealed class QuoteUseRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid PaymentId { get; set; }

    public static QuoteUseRow Of(Payment payment, Guid quote) => new()
    {
        PartitionKey = PaymentKeys.Partition(payment.Customer),
        RowKey = PaymentKeys.QuoteUse(quote),
        PaymentId = payment.Id.Value,
    };
}
