namespace Serverless.Banking.Duplicates;

/// <summary>The quote warned of a payment like this one (EKL-30): whoever means it says so.</summary>
/// <param name="Earlier">The transfer or the payment that was made before.</param>
public sealed record PossibleDuplicatePayment(Guid Earlier) : Refused("possible_duplicate");
