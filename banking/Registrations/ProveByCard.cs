using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Registrations;

/// <param name="PinBlock">Encrypted by the app for the card processor.</param>
public sealed record CardProof(CardKind Kind, string LastDigits, string PinBlock)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(CardProof);
}

/// <summary>Whether a client holds one of the own active cards and knows its PIN (ONB-03, AUTH-13, AUTH-17).</summary>
/// <remarks>
/// Card data are counted like unique codes, before they are looked at; PINs by the processor, with the card's own counter. Both lock registration when they run out
/// (ONB-25).
/// </remarks>
public sealed class CheckCard
{
    private static readonly CustomerId Nobody = CustomerId.Of("000000000");

    private readonly IBankCards cards;
    private readonly LockoutTable lockouts;

    internal CheckCard(IBankCards cards, LockoutTable lockouts) => (this.cards, this.lockouts) = (cards, lockouts);

    /// <returns>
    /// The card. Or, first match: <see cref="RegistrationLocked"/>, <see cref="CardProcessorUnavailable"/>, <see cref="CardMismatch"/>, <see cref="CardNotActive"/>,
    /// <see cref="PinBlockInvalid"/>, <see cref="WrongPin"/>.
    /// </returns>
    public Task<Result<BankCard>> RunAsync(CustomerId customer, CardProof proof, CancellationToken cancellation) =>
        RunAsync(customer, CredentialKeys.Partition(customer), proof, cancellation);

    /// <param name="customer">Null for an identifier that is nobody's: the same calls, and no card matches.</param>
    internal async Task<Result<BankCard>> RunAsync(CustomerId? customer, string partition, CardProof proof, CancellationToken cancellation)
    {
        var options = lockouts.Options;
        var reserved = await lockouts.ChangeAsync(
            partition, (now, at) => now.RefuseRegistration(at) is { } refusal ? refusal : now.ReserveCard(at, options), cancellation);
        if (!reserved.IsSuccess)
            return reserved.Error;
        var owned = await cards.ListAsync(customer ?? Nobody, cancellation);
        if (owned.IsSuccess && (customer is null || !owned.Value.Any(it => Matches(it, proof))))
            return new CardMismatch();

        // The card data were right, or nobody can tell: no try.
        await lockouts.ChangeAsync(
            partition, (now, _) => now with { CardTries = 0, RegistrationLockedUntil = reserved.Value.CardTries == 0 ? null : now.RegistrationLockedUntil }, CancellationToken.None);
        if (!owned.IsSuccess)
            return owned.Error;
        if (owned.Value.FirstOrDefault(it => it.IsActive && Matches(it, proof)) is not { } card)
            return new CardNotActive();

        var pin = await cards.CheckPinAsync(card.Id, proof.PinBlock, CancellationToken.None);
        if (!pin.IsSuccess)
            return pin.Error;
        if (pin.Value.IsRight)
            return card;
        if (pin.Value.TriesLeft == 0)
            await lockouts.ChangeAsync(partition, (now, at) => now.LockRegistration(at, options), CancellationToken.None);
        return new WrongPin(pin.Value.TriesLeft);
    }

    private static bool Matches(BankCard card, CardProof proof) => card.Kind == proof.Kind && card.LastDigits == proof.LastDigits;
}

/// <summary>Proves a registration by a card (ONB-03) and sends the code (ONB-06).</summary>
public sealed class ProveByCard
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly CheckCard check;
    private readonly StepCodes<Registration, RegistrationStep> codes;

    internal ProveByCard(StepTable<Registration, RegistrationStep> table, CheckCard check, StepCodes<Registration, RegistrationStep> codes) => (this.table, this.check, this.codes) = (table, check, codes);

    /// <returns>Or, first match: the errors of the step, <see cref="MethodNotAvailable"/>, the errors of <see cref="CheckCard"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RegistrationId id, CardProof proof, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RegistrationStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        if (!found.Value.Value.Methods.Contains(RegistrationMethod.Card))
            return new MethodNotAvailable();
        var card = await check.RunAsync(found.Value.Value.Customer!.Value, proof, cancellation);
        return card.IsSuccess ? await codes.AfterProofAsync(found.Value, null, cancellation) : card.Error;
    }
}
