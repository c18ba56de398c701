using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <param name="MaskedNumber">First and last digits only.</param>
/// <param name="Accounts">What the card pays from, the primary one first; at most three.</param>
public sealed record LinkedCard(string Id, string MaskedNumber, IReadOnlyList<AccountId> Accounts);

/// <summary>Which cards a customer has and which accounts they reach; registered by whoever keeps cards.</summary>
public interface ILinkedCards
{
    /// <returns>Empty for a customer without a card.</returns>
    Task<IReadOnlyList<LinkedCard>> ListAsync(CustomerId customer, CancellationToken cancellation);
}
