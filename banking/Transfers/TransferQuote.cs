using NodaTime;
using Serverless.Banking.Confirmations;

namespace Serverless.Banking.Transfers;

/// <summary>A prepared transfer: what confirming it will do (TRF-08).</summary>
/// <param name="Text">What the customer sends back to confirm it.</param>
/// <param name="Available">Of the account to debit, when the quote was made.</param>
/// <param name="NameMatch">How the name that the customer gave fits the account's holder; null when no name was given.</param>
public sealed record TransferQuote(TransferKind Kind, string Text, TransferTerms Terms, Money Available, NameMatch? NameMatch, Instant ExpiresAt, ConfirmationDemand Confirmation);

/// <summary>Confirmation of payee. Codes are these names in snake_case.</summary>
public enum NameMatch
{
    Exact,

    /// <summary>A letter or two, the order of the names, or a middle name differ.</summary>
    Close,

    None,
}
