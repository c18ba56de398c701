namespace Serverless.Sandbox.Billers;

/// <summary>What a company knows when the sandbox starts: one of sandbox/Data/*.json.</summary>
internal sealed record BillerSeed(
    string Id, string Name, string CodeLabel, string WebhookSecret, IReadOnlyList<SubscriberSeed> Subscribers)
{
    public Dictionary<string, Subscriber> SubscribersByCode() => Subscribers.ToDictionary(
        subscriber => subscriber.ClientCode, subscriber => new Subscriber(subscriber.ClientCode, subscriber.Name), StringComparer.Ordinal);

    public Dictionary<string, Invoice> InvoicesByNumber() => Subscribers
        .SelectMany(subscriber => subscriber.Invoices.Select(invoice => new Invoice(
            invoice.Number, subscriber.ClientCode, subscriber.Name, invoice.Amount, invoice.Penalty, invoice.IssuedOn, invoice.DueOn, invoice.Status)))
        .ToDictionary(invoice => invoice.Number, StringComparer.Ordinal);
}

internal sealed record SubscriberSeed(string ClientCode, string Name, IReadOnlyList<InvoiceSeed> Invoices);

internal sealed record InvoiceSeed(string Number, Money Amount, Money Penalty, DateOnly IssuedOn, DateOnly? DueOn, InvoiceStatus Status);
