using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>A payment, in the customer's partition, in its list, or among the open ones.</summary>
internal sealed class PaymentRow : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid Id { get; set; }

    public string Customer { get; set; } = "";

    public string RequestHash { get; set; } = "";

    public Guid? Authorisation { get; set; }

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

    public string? Description { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public string? Channel { get; set; }

    public string State { get; set; } = "";

    public string? FailureCode { get; set; }

    public string? FailureFact { get; set; }

    public bool IsReturned { get; set; }

    public string? BillerReference { get; set; }

    /// <summary>JSON: <c>[["Processing", Unix time in ticks], …]</c>.</summary>
    public string Timeline { get; set; } = "";

    public static PaymentRow From(Payment payment, string requestHash, string partition, string row) => new()
    {
        PartitionKey = partition,
        RowKey = row,
        Id = payment.Id.Value,
        Customer = payment.Customer.Value,
        RequestHash = requestHash,
        Authorisation = payment.Origin.Authorisation,
        Company = payment.Account.Company.Value,
        ClientCode = payment.Account.ClientCode,
        InvoiceNumber = payment.InvoiceNumber,
        SubscriberName = payment.SubscriberName,
        Currency = payment.Amount.Currency.Code,
        AmountMinor = payment.Amount.Minor,
        PenaltyMinor = payment.Penalty.Minor,
        FromAccount = payment.From.Value,
        DebitCurrency = payment.Debit.Currency.Code,
        DebitMinor = payment.Debit.Minor,
        Rate = payment.Rate is { } rate ? StoredRate.Write(rate) : null,
        Description = payment.Description,
        StartedAt = payment.StartedAt.ToDateTimeOffset(),
        Channel = payment.Channel,
        State = payment.State.ToString(),
        FailureCode = payment.Failure?.Code,
        FailureFact = PaymentFailures.FactOf(payment.Failure),
        IsReturned = payment.IsReturned,
        BillerReference = payment.BillerReference,
        Timeline = JsonSerializer.Serialize(payment.Timeline.Select(step => new object[] { step.State.ToString(), step.At.ToUnixTimeTicks() })),
    };

    public Payment ToPayment()
    {
        var currency = Banking.Currency.Of(Currency);
        return new Payment(
            new PaymentId(Id),
            CustomerId.Of(Customer),
            new PaymentOrigin(Authorisation),
            new ClientAccount(new CompanyId(Company), ClientCode),
            InvoiceNumber,
            SubscriberName,
            Money.OfMinor(AmountMinor, currency),
            Money.OfMinor(PenaltyMinor, currency),
            new AccountId(FromAccount),
            Money.OfMinor(DebitMinor, Banking.Currency.Of(DebitCurrency)),
            StoredRate.Read(Rate),
            Description,
            Instant.FromDateTimeOffset(StartedAt),
            Enum.Parse<PaymentState>(State),
            FailureCode is null ? null : PaymentFailures.Restore(FailureCode, FailureFact),
            IsReturned,
            BillerReference,
            [.. JsonSerializer.Deserialize<JsonElement[][]>(Timeline)!.Select(step => new PaymentStep(
                Enum.Parse<PaymentState>(step[0].GetString()!), Instant.FromUnixTimeTicks(step[1].GetInt64())))])
        {
            Channel = Channel,
        };
    }
}

/// <summary>A rate as text: Table Storage has no decimal.</summary>
internal static class StoredRate
{
    public static string Write(decimal rate) => rate.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static decimal? Read(string? text) => text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
