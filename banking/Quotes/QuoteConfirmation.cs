namespace Serverless.Banking.Quotes;

/// <summary>The customer confirms what was prepared.</summary>
/// <param name="Quote">As the prepare gave it.</param>
public sealed record QuoteConfirmation(CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote);
