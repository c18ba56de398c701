namespace Serverless.Banking;

/// <summary>The key was used before for another order. Nothing was done; the first order stands.</summary>
public sealed record IdempotencyKeyReused() : Refused("idempotency_key_reused");
