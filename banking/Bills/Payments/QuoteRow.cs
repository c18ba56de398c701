using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

internal sealed class QuoteRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid Id { get; set; }

    public string Company { get; set; } = "";

    public string ClientCode { get; set; } = "";

    public string InvoiceNumber { get; set; } = "";

    public string SubscriberName { get; set; } = "";

    public string Currency { get; set; } = "";

    public long AmountMinor { get; set; }

    public long PenaltyMinor { get; set; }

    public Guid FromAccount { get; set; }

    public string DebitCurrency { get; set; } = "";

    public long DebitMinor { get; set; }

    public string? Rate { get; set; }

    public bool StrongAuthenticationRequired { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>The payment that confirmed it; null while it can be confirmed.</summary>
    public Guid? PaymentId { get; set; }

    /// <summary>What the customer was told.</summary>
    public QuotedTerms ReadTerms() => new(
        new ClientAccount(new CompanyId(Company), ClientCode),
        Money.OfMinor(AmountMinor, Banking.Currency.Of(Currency)),
        Money.OfMinor(PenaltyMinor, Banking.Currency.Of(Currency)),
        new AccountId(FromAccount),
        Money.OfMinor(DebitMinor, Banking.Currency.Of(DebitCurrency)),
        StoredRate.Read(Rate));

    public static QuoteRow Of(PaymentQuote quote) => new()
    {
        PartitionKey = PaymentKeys.Partition(quote.Customer),
        RowKey = PaymentKeys.Quote(quote.Id),
        Id = quote.Id.Value,
        Company = quote.Invoice.Account.Company.Value,
        ClientCode = quote.Invoice.Account.ClientCode,
        InvoiceNumber = quote.Invoice.Number,
        SubscriberName = quote.Invoice.SubscriberName,
        Currency = quote.Invoice.Amount.Currency.Code,
        AmountMinor = quote.Invoice.Amount.Minor,
        PenaltyMinor = quote.Invoice.Penalty.Minor,
        FromAccount = quote.From.Value,
        DebitCurrency = quote.Debit.Currency.Code,
        DebitMinor = quote.Debit.Minor,
        Rate = quote.Rate is { } rate ? StoredRate.Write(rate) : null,
        StrongAuthenticationRequired = quote.StrongAuthenticationRequired,
        ExpiresAt = quote.ExpiresAt.ToDateTimeOffset(),
    };
}

internal sealed record QuotedTerms(ClientAccount Account, Money Amount, Money Penalty, AccountId From, Money Debit, decimal? Rate);
