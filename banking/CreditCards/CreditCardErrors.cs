namespace Serverless.Banking.CreditCards;

/// <summary>Unknown, somebody else's, or no credit card.</summary>
public sealed record CreditCardNotFound() : NotFound("credit_card_not_found");

/// <summary>Not among what stands in the card's next statement.</summary>
public sealed record CardTransactionNotFound() : NotFound("card_transaction_not_found");

/// <summary>Unknown, or somebody else's.</summary>
public sealed record InstalmentPlanNotFound() : NotFound("plan_not_found");
