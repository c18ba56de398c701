namespace Serverless.Banking.Partners;

/// <summary>What one partner tells by signed webhooks; a capability registers its own, and <c>POST /api/webhooks/{partner}</c> finds it by its name.</summary>
public interface IPartnerWebhook
{
    /// <summary>As the address has it: <c>video-kyc</c>.</summary>
    string Partner { get; }

    /// <summary>Checks the signature first. The same message may come twice, late and in any order.</summary>
    /// <returns>Ids of the workflows for which it is news; none for what changes nothing. Or, first match: <see cref="WebhookNotTrusted"/>, <see cref="WebhookNotUnderstood"/>.</returns>
    Task<Result<IReadOnlyList<string>>> HandleAsync(SignedWebhook webhook, CancellationToken cancellation);
}
