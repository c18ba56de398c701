using Microsoft.Extensions.Options;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Applications;

/// <summary>The service of qualified signatures has news: the workflow asks it (PROD-20).</summary>
internal sealed class SignatureWebhook(IOptions<PartnersOptions> partners, ApplicationTable table) : IPartnerWebhook
{
    public string Partner => "qualified-signature";

    public IReadOnlyList<string> Secrets => partners.Value.QualifiedSignature.WebhookSecrets;

    public async Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type != "signature.completed")
            return Array.Empty<string>();
        if (message.Read<Data>() is not { } data || !Guid.TryParseExact(data.SignatureId, "N", out var signature))
            return new WebhookNotUnderstood("/data/signatureId");
        return await table.FindSignatureAsync(signature, cancellation) is { } application ? new[] { application.ToString("N") } : Array.Empty<string>();
    }

    private sealed record Data(string? SignatureId);
}

/// <summary>The card processor has news of an order: the workflow asks it (PROD-21).</summary>
internal sealed class CardOrderWebhook(IOptions<PartnersOptions> partners, ApplicationTable table) : IPartnerWebhook
{
    public string Partner => "cards";

    public IReadOnlyList<string> Secrets => partners.Value.CardProcessor.WebhookSecrets;

    public async Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type is not ("card_order.produced" or "card_order.ready" or "card_order.collected"))
            return Array.Empty<string>();
        if (message.Read<Data>() is not { } data || !Guid.TryParseExact(data.OrderId, "N", out var application))
            return new WebhookNotUnderstood("/data/orderId");
        return await table.FindAsync(application, cancellation) is { It.Card.Order: not null } ? new[] { application.ToString("N") } : Array.Empty<string>();
    }

    private sealed record Data(string? OrderId);
}
