using NodaTime;
using Serverless.Banking.Accounts;

namespace Serverless.Banking.Iso20022;

/// <summary>The head of a message between banks.</summary>
/// <param name="MessageId">At most 35 characters; the sender never uses it twice.</param>
public sealed record GroupHeader(string MessageId, Instant CreatedAt, Bic? Instructing, Bic? Instructed);

/// <summary>A debtor or a creditor.</summary>
/// <param name="Name">At most 140 characters.</param>
public sealed record MessageParty(string? Name, PostalAddress? Address = null);

/// <param name="Street">At most 70 characters.</param>
/// <param name="PostalCode">At most 16 characters.</param>
/// <param name="Town">At most 35 characters.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record PostalAddress(string? Street = null, string? PostalCode = null, string? Town = null, string? Country = null);

/// <summary>An account by its IBAN, or by another number of at most 34 characters. Exactly one is set.</summary>
public sealed record MessageAccount
{
    private MessageAccount(Iban? iban, string? other) => (Iban, Other) = (iban, other);

    public Iban? Iban { get; }

    public string? Other { get; }

    public string Number => Iban?.Electronic ?? Other!;

    public static MessageAccount Of(Iban iban) => new(iban, null);

    public static MessageAccount OfNumber(string number) => new(null, number);

    /// <summary>Masked, so that a stray log line shows little.</summary>
    public override string ToString() => Iban?.ToString() ?? "other";
}

/// <summary>A bank in a message: by BIC, or described.</summary>
public sealed record MessageAgent(Bic? Bic, string? Name = null, PostalAddress? Address = null);

/// <summary>Who pays the charges. Codes: DEBT, CRED, SHAR, SLEV.</summary>
public enum ChargeBearer
{
    /// <summary>The sender pays all (OUR).</summary>
    Debt,

    /// <summary>The beneficiary pays all (BEN).</summary>
    Cred,

    /// <summary>Each pays his own bank's (SHA).</summary>
    Shar,

    /// <summary>As the scheme says.</summary>
    Slev,
}

/// <param name="Code">Of the external code lists, at most 4 characters: <c>AC04</c>.</param>
/// <param name="Text">At most 105 characters.</param>
public sealed record StatusReason(string? Code, string? Text = null);

/// <summary>The message and the transaction in it that an answer is about.</summary>
/// <param name="MessageName">Which message it was: <c>pacs.008.001.08</c>.</param>
public sealed record OriginalPayment(string? MessageId, string? MessageName, string? InstructionId, string? EndToEndId, string? TransactionId);
