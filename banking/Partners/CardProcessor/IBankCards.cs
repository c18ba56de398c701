using Serverless.Banking.Keys;

namespace Serverless.Banking.Partners;

/// <summary>The customers' cards at their processor. The bank sees no card number and no PIN.</summary>
public interface IBankCards
{
    /// <summary>The keys to which apps encrypt PINs; the first one is the one to use.</summary>
    /// <returns>Or <see cref="CardProcessorUnavailable"/>.</returns>
    Task<Result<JsonWebKey[]>> PinKeysAsync(CancellationToken cancellation);

    /// <returns>All cards, also those that are not active. Or <see cref="CardProcessorUnavailable"/>.</returns>
    Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation);

    /// <summary>The processor counts wrong PINs before it answers; the same PIN block again is the same check.</summary>
    /// <param name="pinBlock">A JWE to one of the processor's keys (docs/partners.md), passed through unopened.</param>
    /// <returns>Or, first match: <see cref="CardProcessorUnavailable"/>, <see cref="PinBlockInvalid"/>.</returns>
    Task<Result<PinCheck>> CheckPinAsync(string cardId, string pinBlock, CancellationToken cancellation);
}
