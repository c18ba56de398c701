using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>What the card server tells: purchases to be approved (NOTE-10), cards ready to be collected (NOTE-13).</summary>
public sealed partial class HandleCardServerWebhook
{
    internal const string Partner = "card-server";

    private readonly PartnersOptions partners;
    private readonly WebhookDeliveries deliveries;
    private readonly AskForPurchase ask;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal HandleCardServerWebhook(IOptions<PartnersOptions> partners, WebhookDeliveries deliveries, AskForPurchase ask, SendNotice send, TimeProvider time) =>
        (this.partners, this.deliveries, this.ask, this.send, this.time) = (partners.Value, deliveries, ask, send, time);

    /// <returns>
    /// The approval that a purchase made, now or before; null for anything else. Or, first match: <see cref="WebhookNotTrusted"/>, <see cref="WebhookNotUnderstood"/>,
    /// <see cref="CardServerUnavailable"/>, <see cref="CardUnknown"/>. A type that the bank does not know is handled by doing nothing.
    /// </returns>
    /// <remarks>A purchase is not kept among the handled ones: asked again, its state is looked up, and whatever a crash left out is done.</remarks>
    public async Task<Result<Approval?>> RunAsync(SignedWebhook webhook, CancellationToken cancellation)
    {
        if (!webhook.IsSignedWith(partners.CardServer.WebhookSecret, Instant.FromDateTimeOffset(time.GetUtcNow())))
            return new WebhookNotTrusted();
        if (Read<Envelope>(webhook.Body) is not { Type: { } type } read)
            return new WebhookNotUnderstood("/type");
        if (type == "purchase.authentication_requested")
        {
            return Read<PurchaseData>(read.Data)?.ToQuestion() is { } question
                ? (await ask.RunAsync(question, cancellation)).Then(approval => (Approval?)approval)
                : new WebhookNotUnderstood("/data");
        }

        if (type != "card.ready" || await deliveries.WasHandledAsync(Partner, webhook.Id, cancellation))
            return (Approval?)null;
        if (Read<CardReadyData>(read.Data) is not { } card || CustomerId.Find(card.Customer) is not { } customer || !card.IsGood)
            return new WebhookNotUnderstood("/data");

        // The order's id makes it one SMS, whatever the webhook's own id.
        var facts = new Dictionary<string, string> { ["branch"] = card.Branch!, ["card"] = card.MaskedCard! };
        await send.RunAsync(new Notice(NoticeId.Of(nameof(NoticeKind.CardReady), card.CardOrderId!), customer, NoticeChannel.Sms, NoticeKind.CardReady, facts), cancellation);
        await deliveries.KeepAsync(Partner, webhook.Id, cancellation);
        return (Approval?)null;
    }

    private static T? Read<T>(ReadOnlyMemory<byte> body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body.Span, JsonSerializerOptions.Web);
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

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex CodeShape();

    /// <summary>At most ten digits, or a card number could hide in it.</summary>
    [GeneratedRegex(@"\A[0-9]{0,6}[*•xX ]{4,19}[0-9]{4}\z")]
    private static partial Regex MaskShape();

    private sealed record Envelope(string? Type, JsonElement Data);

    private sealed record AmountData(string? Amount, string? Currency);

    private sealed record PurchaseData(
        string? TransactionId, string? CardToken, string? MerchantName, string? MerchantCountry, AmountData? Amount, DateTimeOffset? Time, DateTimeOffset? ExpiresAt)
    {
        public PurchaseQuestion? ToQuestion() =>
            TransactionId is not null && CodeShape().IsMatch(TransactionId) && CardToken is not null && CodeShape().IsMatch(CardToken)
            && MerchantName is { Length: > 0 and <= 100 } && MerchantCountry is { Length: 2 } && Time is { } at
            && Currency.Find(Amount?.Currency) is { } currency && Money.Find(Amount!.Amount, currency) is { Minor: > 0 } money
                ? new PurchaseQuestion(
                    TransactionId, CardToken, MerchantName, MerchantCountry, money, Instant.FromDateTimeOffset(at), ExpiresAt is { } end ? Instant.FromDateTimeOffset(end) : null)
                : null;
    }

    private sealed record CardReadyData(string? CardOrderId, string? Customer, string? MaskedCard, string? Branch)
    {
        public bool IsGood => CardOrderId is not null && CodeShape().IsMatch(CardOrderId) && Branch is { Length: > 0 and <= 100 }
            && MaskedCard is not null && MaskShape().IsMatch(MaskedCard);
    }
}
