using System.Text.RegularExpressions;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>What the card server tells: purchases to be approved (NOTE-10), cards ready to be collected (NOTE-13).</summary>
public sealed partial class HandleCardServerWebhook
{
    public const string Partner = "card-server";

    public const string Purchase = "purchase.authentication_requested";

    private readonly AskForPurchase ask;
    private readonly SendNotice send;

    internal HandleCardServerWebhook(AskForPurchase ask, SendNotice send) => (this.ask, this.send) = (ask, send);

    /// <returns>
    /// The approval that a purchase made, now or before; null for anything else. Or, first match: <see cref="WebhookNotUnderstood"/>,
    /// <see cref="CardServerUnavailable"/>, <see cref="CardUnknown"/>. A type that the bank does not know is handled by doing nothing.
    /// </returns>
    /// <remarks>May be repeated: of a purchase the state is looked up, and whatever a crash left out is done.</remarks>
    public async Task<Result<Approval?>> RunAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type == Purchase)
        {
            return message.Read<PurchaseData>()?.ToQuestion() is { } question
                ? (await ask.RunAsync(question, cancellation)).Then(approval => (Approval?)approval)
                : new WebhookNotUnderstood("/data");
        }

        if (message.Type != "card.ready")
            return (Approval?)null;
        if (message.Read<CardReadyData>() is not { } card || CustomerId.Find(card.Customer) is not { } customer || !card.IsGood)
            return new WebhookNotUnderstood("/data");

        // The order's id makes it one SMS, whatever the webhook's own id.
        var facts = new Dictionary<string, string> { ["branch"] = card.Branch!, ["card"] = card.MaskedCard! };
        await send.RunAsync(new Notice(NoticeId.Of(nameof(NoticeKind.CardReady), card.CardOrderId!), customer, NoticeChannel.Sms, NoticeKind.CardReady, facts), cancellation);
        return (Approval?)null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex CodeShape();

    /// <summary>At most ten digits, or a card number could hide in it.</summary>
    [GeneratedRegex(@"\A[0-9]{0,6}[*•xX ]{4,19}[0-9]{4}\z")]
    private static partial Regex MaskShape();

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
