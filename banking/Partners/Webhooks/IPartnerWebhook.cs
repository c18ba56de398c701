namespace Serverless.Banking.Partners;

/// <summary>What one partner tells by signed webhooks; a capability registers its own, and <c>POST /api/webhooks/{partner}</c> finds it by its name.</summary>
/// <remarks>Signature, time and repetition are checked before; the message is kept as handled when its workflows are awake.</remarks>
public interface IPartnerWebhook
{
    /// <summary>As the address has it: <c>video-kyc</c>.</summary>
    string Partner { get; }

    /// <summary>What may have signed: one, or two while the partner changes its secret (<see cref="PartnerEndpoint.WebhookSecrets"/>).</summary>
    IReadOnlyList<string> Secrets { get; }

    /// <summary>The same message may come twice, at once, late and in any order. One that fails again and again is kept for the staff.</summary>
    /// <returns>Ids of the workflows for which it is news; none for what changes nothing, and for a type that the bank does not know. Or <see cref="WebhookNotUnderstood"/>, or a capability's own.</returns>
    Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation);
}
