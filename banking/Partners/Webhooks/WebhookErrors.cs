namespace Serverless.Banking.Partners;

/// <summary>No such partner, or the signature, the time or the headers are not good: which of them is nobody's business.</summary>
public sealed record WebhookNotTrusted() : Unauthenticated("webhook_not_trusted");

/// <summary>The body is not what docs/partners.md says for its type.</summary>
public sealed record WebhookNotUnderstood(string Field) : Invalid("webhook_not_understood", Field);
