using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>What a company tells by itself: new and withdrawn invoices (BILL-27), settled payments.</summary>
public sealed class HandleBillerWebhook
{
    private readonly CompanyCatalogue companies;
    private readonly PartnersOptions partners;
    private readonly WebhookDeliveries deliveries;
    private readonly AnnounceInvoices announce;
    private readonly PollInvoices poll;
    private readonly SettlePayment settle;
    private readonly TimeProvider time;

    internal HandleBillerWebhook(
        CompanyCatalogue companies,
        IOptions<PartnersOptions> partners,
        WebhookDeliveries deliveries,
        AnnounceInvoices announce,
        PollInvoices poll,
        SettlePayment settle,
        TimeProvider time)
    {
        (this.companies, this.partners, this.deliveries) = (companies, partners.Value, deliveries);
        (this.announce, this.poll, this.settle, this.time) = (announce, poll, settle, time);
    }

    /// <param name="partner">The company's id, as the address has it.</param>
    /// <returns>
    /// Handled, now or before. Or, first match: <see cref="WebhookNotTrusted"/>, <see cref="WebhookNotUnderstood"/>. A type that the bank does not
    /// know is handled by doing nothing: partners may begin to send more.
    /// </returns>
    public async Task<Result<Nothing>> RunAsync(string partner, SignedWebhook webhook, CancellationToken cancellation)
    {
        if (companies.All.FirstOrDefault(company => company.Id.Value == partner)?.Id is not { } company
            || !partners.Billers.TryGetValue(partner, out var endpoint) || !webhook.IsSignedWith(endpoint.WebhookSecret, Instant.FromDateTimeOffset(time.GetUtcNow())))
        {
            return new WebhookNotTrusted();
        }

        if (await deliveries.WasHandledAsync(partner, webhook.Id, cancellation))
            return default(Nothing);
        var handled = await HandleAsync(company, webhook.Body, cancellation);
        if (handled.IsSuccess)
            await deliveries.KeepAsync(partner, webhook.Id, cancellation);
        return handled;
    }

    private async Task<Result<Nothing>> HandleAsync(CompanyId company, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (Read(body) is not { Type: { } type } read)
            return new WebhookNotUnderstood("/type");
        switch (type)
        {
            case "invoice.issued":
                if (Read<BillerInvoice>(read.Data)?.ToInvoice(company) is not { } issued)
                    return new WebhookNotUnderstood("/data");
                if (issued.State == InvoiceState.Unpaid)
                    await announce.RunAsync(issued, cancellation);
                return default(Nothing);

            case "invoice.withdrawn":
                if (Read<BillerInvoice>(read.Data)?.ToInvoice(company) is not { } withdrawn)
                    return new WebhookNotUnderstood("/data");
                // The list that is shown while the company is away is brought up to date by asking.
                await poll.RunAsync(new InvoicePoll(company.Value, [withdrawn.Account.ClientCode]), cancellation);
                return default(Nothing);

            case "payment.settled":
                if (Read<BillerSettlement>(read.Data) is not { PaymentId: { } id } settlement
                    || !Guid.TryParse(id, out var payment))
                {
                    return new WebhookNotUnderstood("/data");
                }

                // A payment that is not open any more was settled before: nothing is left to do.
                await settle.RunAsync(company, new PaymentId(payment), settlement.ToSettlement(), cancellation);
                return default(Nothing);

            default:
                return default(Nothing);
        }
    }

    private static BillerEvent? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read<BillerEvent>(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T? Read<T>(JsonElement json) where T : class
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? json.Deserialize<T>(JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record BillerEvent(string? Type, JsonElement Data);
}
