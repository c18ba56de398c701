using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>
/// One partition per customer: payments and the quotes they used, so that confirming a quote and beginning its payment is one transaction.
/// </summary>
internal static class PaymentKeys
{
    public const string Table = "BillPayments";

    public const string FirstListed = "list|";

    public const string AfterListed = "list}";

    public static string Partition(CustomerId customer) => customer.Value;

    /// <summary>There once a payment has confirmed the quote; inserting it twice fails, which is the point.</summary>
    public static string QuoteUse(Guid quote) => $"quote|{quote:N}";

    /// <summary>The payment itself; guarded by its ETag.</summary>
    public static string Payment(PaymentId id) => $"payment|{id.Value:N}";

    /// <summary>Its copy in the customer's list, newest first.</summary>
    public static string Listed(Instant startedAt, PaymentId id) => $"list|{long.MaxValue - startedAt.ToUnixTimeTicks():D19}|{id.Value:N}";

    /// <summary>Between what is listed at a moment and what is listed before it.</summary>
    public static string ListedBefore(Instant moment) => $"list|{long.MaxValue - moment.ToUnixTimeTicks():D19}|~";
}

/// <summary>
/// One row per payment that is not settled, written before anything else and removed after everything else: what the sweeper works
/// through, and where a biller's message about a payment finds whose it is.
/// </summary>
internal static class OpenPaymentKeys
{
    public const string Table = "BillOpenPayments";

    /// <summary>Payments that only staff can settle; the sweeper leaves them alone. Above every hexadecimal digit.</summary>
    public const string Unresolved = "unresolved";

    /// <summary>Sixteen partitions, so that no single one carries all payments.</summary>
    public static string Partition(PaymentId id) => id.Value.ToString("N")[..1];

    public static string Row(PaymentId id) => id.Value.ToString("N");
}
