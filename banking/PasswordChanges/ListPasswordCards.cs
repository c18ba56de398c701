using Serverless.Banking.Partners;

namespace Serverless.Banking.PasswordChanges;

/// <summary>The cards whose PIN may stand for their holder: a customer with several picks one (AUTH-17).</summary>
public sealed class ListPasswordCards(IBankCards cards)
{
    /// <returns>The active ones. Or <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<IReadOnlyList<BankCard>>> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var owned = await cards.ListAsync(customer, cancellation);
        return owned.IsSuccess ? owned.Value.Where(card => card.IsActive).ToArray() : owned.Error;
    }
}
