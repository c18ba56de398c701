namespace Serverless.Banking.Partners;

/// <summary>A debit or credit card of the bank, as far as the bank itself keeps it.</summary>
/// <param name="Id">The processor's token; opaque.</param>
/// <param name="LastDigits">The last six of the card number.</param>
/// <param name="IsActive">Issued, not blocked, not expired.</param>
/// <param name="Expiry">Year and month: <c>2029-12</c>; null where the processor does not say.</param>
/// <param name="Product">The bank's name of the kind of credit card; null for a debit card.</param>
public sealed record BankCard(string Id, CardKind Kind, string LastDigits, bool IsActive, string? Expiry = null, string? Product = null);

public enum CardKind
{
    /// <summary>Bears the sign of contactless payment.</summary>
    Contactless,
    Standard,
}

/// <summary>What the processor says of a PIN.</summary>
/// <param name="TriesLeft">Of the card's own counter, which cash machines and shops share; 0 when it is blocked.</param>
public sealed record PinCheck(bool IsRight, int TriesLeft);

/// <summary>The processor does not answer; try again later.</summary>
public sealed record CardProcessorUnavailable() : Unavailable("card_processor_unavailable");

/// <summary>The encrypted PIN cannot be opened, or is minutes old: encrypt it anew.</summary>
public sealed record PinBlockInvalid() : Refused("pin_block_invalid");
