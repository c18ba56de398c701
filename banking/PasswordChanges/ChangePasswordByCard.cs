using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;

namespace Serverless.Banking.PasswordChanges;

/// <summary>Another password for who knows the present one and the PIN of one of the own cards (AUTH-17).</summary>
public sealed class ChangePasswordByCard
{
    private readonly IBankCards cards;
    private readonly VerifyPassword verify;
    private readonly ApplyPasswordOrder apply;

    internal ChangePasswordByCard(IBankCards cards, VerifyPassword verify, ApplyPasswordOrder apply) => (this.cards, this.verify, this.apply) = (cards, verify, apply);

    /// <param name="cardId">One of <see cref="ListPasswordCards"/>.</param>
    /// <param name="pinBlock">Encrypted by the app for the card processor.</param>
    /// <remarks>The present password first: a stranger with the phone in hand learns nothing of the card's counter.</remarks>
    /// <returns>
    /// Or, first match: <see cref="UserBlocked"/>, <see cref="UserLocked"/>, <see cref="LoginBusy"/>, <see cref="WrongPassword"/>, <see cref="CardProcessorUnavailable"/>,
    /// <see cref="CardNotFound"/>, <see cref="Registrations.CardNotActive"/>, <see cref="PinBlockInvalid"/>, <see cref="Registrations.WrongPin"/>, those of <see cref="SetPassword"/>.
    /// </returns>
    public Task<Result<User>> RunAsync(PasswordOrder order, string currentPassword, string cardId, string pinBlock, CancellationToken cancellation) =>
        apply.OnceAsync(order, () => ChangeAsync(order, currentPassword, cardId, pinBlock, cancellation), cancellation);

    private async Task<Result<User>> ChangeAsync(PasswordOrder order, string currentPassword, string cardId, string pinBlock, CancellationToken cancellation)
    {
        var known = await verify.RunAsync(order.Customer, currentPassword, cancellation);
        if (!known.IsSuccess)
            return known.Error;
        var owned = await cards.ListAsync(order.Customer, cancellation);
        if (!owned.IsSuccess)
            return owned.Error;
        if (owned.Value.FirstOrDefault(card => card.Id == cardId) is not { } card)
            return new CardNotFound();
        if (!card.IsActive)
            return new Registrations.CardNotActive();
        var pin = await cards.CheckPinAsync(card.Id, pinBlock, CancellationToken.None);
        return !pin.IsSuccess ? pin.Error
            : pin.Value.IsRight ? await apply.RunAsync(order, null, cancellation)
            : new Registrations.WrongPin(pin.Value.TriesLeft);
    }
}

/// <summary>The customer has no such card.</summary>
public sealed record CardNotFound() : NotFound("card_not_found");
