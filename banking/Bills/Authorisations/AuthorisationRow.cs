using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <summary>An authorisation; also, with <see cref="RequestHash"/>, what an idempotency key created; also the mark of the active one.</summary>
internal sealed class AuthorisationRow : ITableEntity
{
    private static readonly LocalDatePattern Date = LocalDatePattern.Iso;

    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public Guid Id { get; set; }

    public string? Company { get; set; }

    public string? ClientCode { get; set; }

    public string? Type { get; set; }

    public long? MaximumMinor { get; set; }

    public string? MaximumCurrency { get; set; }

    public Guid? From { get; set; }

    public int? PaymentDay { get; set; }

    public string? EndsOn { get; set; }

    public bool? EmailNotice { get; set; }

    public string? StartedOn { get; set; }

    public string? CancelledOn { get; set; }

    /// <summary>JSON: <c>[["2026-01-05","2026-02-01","2026-01-15"]]</c>, the last of each null when no payment day was missed.</summary>
    public string? Closures { get; set; }

    public string? NextCycle { get; set; }

    public string? NextOn { get; set; }

    public int? NextAttempt { get; set; }

    /// <summary>JSON array of numbers; null: all.</summary>
    public string? NextInvoices { get; set; }

    public string? RequestHash { get; set; }

    public static AuthorisationRow Of(Authorisation it) => new()
    {
        PartitionKey = AuthorisationKeys.Partition(it.Customer),
        RowKey = AuthorisationKeys.Authorisation(it.Id),
        Id = it.Id.Value,
        Company = it.Account.Company.Value,
        ClientCode = it.Account.ClientCode,
        Type = it.Terms.Type.ToString(),
        MaximumMinor = it.Terms.Maximum?.Minor,
        MaximumCurrency = it.Terms.Maximum?.Currency.Code,
        From = it.Terms.From.Value,
        PaymentDay = it.Terms.PaymentDay,
        EndsOn = Write(it.Terms.EndsOn),
        EmailNotice = it.Terms.EmailNotice,
        StartedOn = Write(it.StartedOn),
        CancelledOn = Write(it.CancelledOn),
        Closures = JsonSerializer.Serialize(it.Closures.Select(c => new[] { Write(c.From), Write(c.To), Write(c.MissedPaymentDay) })),
        NextCycle = Write(it.Next?.Cycle),
        NextOn = Write(it.Next?.On),
        NextAttempt = it.Next?.Attempt,
        NextInvoices = it.Next?.Invoices is { } numbers ? JsonSerializer.Serialize(numbers) : null,
    };

    public static AuthorisationRow ForKey(Authorisation it, IdempotencyKey key, string requestHash) => new()
    {
        PartitionKey = AuthorisationKeys.Partition(it.Customer),
        RowKey = AuthorisationKeys.Key(it.Customer, key),
        Id = it.Id.Value,
        RequestHash = requestHash,
    };

    public static AuthorisationRow Active(Authorisation it) => new()
    {
        PartitionKey = AuthorisationKeys.Partition(it.Customer),
        RowKey = AuthorisationKeys.Active(it.Account),
        Id = it.Id.Value,
        EmailNotice = it.Terms.EmailNotice,
    };

    public Authorisation ToAuthorisation()
    {
        var id = new AuthorisationId(Id);
        return new Authorisation(
            id,
            id.Number,
            CustomerId.Of(PartitionKey),
            new ClientAccount(new CompanyId(Company!), ClientCode!),
            new AuthorisationTerms(
                Enum.Parse<PaymentType>(Type!),
                MaximumMinor is { } minor ? Money.OfMinor(minor, Currency.Of(MaximumCurrency!)) : null,
                new AccountId(From!.Value),
                PaymentDay,
                Read(EndsOn),
                EmailNotice ?? false),
            Read(StartedOn)!.Value,
            Read(CancelledOn),
            [.. JsonSerializer.Deserialize<string?[][]>(Closures ?? "[]")!.Select(c => new Closure(Read(c[0])!.Value, Read(c[1])!.Value, Read(c[2])))],
            Read(NextCycle) is { } cycle
                ? new CollectionRun(cycle, Read(NextOn) ?? cycle, NextAttempt ?? 0, NextInvoices is null ? null : JsonSerializer.Deserialize<string[]>(NextInvoices))
                : null);
    }

    private static string? Write(LocalDate? date) => date is { } day ? Date.Format(day) : null;

    private static LocalDate? Read(string? text) => text is null ? null : Date.Parse(text).Value;
}
