using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>A transfer to another bank, to be prepared.</summary>
/// <param name="PayerName">As the token has it; the registered name comes first.</param>
/// <param name="Amount">Positive, in the currency to be sent.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it.</param>
/// <param name="PayeePhone">E.164; null for none.</param>
/// <param name="Abroad">What only a transfer abroad has; null for a national one.</param>
public sealed record InterbankTransferRequest(
    CustomerId Customer,
    string? PayerName,
    AccountId From,
    InterbankPayeeChoice To,
    Money Amount,
    string Description,
    FeeBearer FeeBearer,
    string? PayeePhone,
    OrderingDevice Device,
    AbroadDetails? Abroad = null);

/// <param name="AcceptedTerms">The version of the terms that the customer has accepted; null: none.</param>
public sealed record AbroadDetails(string PurposeCategory, string Purpose, string PayeeCategory, string? AcceptedTerms);

/// <summary>Whom to pay: described, or registered.</summary>
public abstract record InterbankPayeeChoice
{
    private InterbankPayeeChoice()
    {
    }

    /// <param name="Iban">As the customer wrote it.</param>
    public sealed record ByIban(string FirstName, string LastName, string Iban, PayeeAddress Address) : InterbankPayeeChoice;

    /// <summary>By the bank's name (TRF-20): the customer answers for the data.</summary>
    /// <param name="Account">An IBAN or another number.</param>
    public sealed record ByBank(string FirstName, string LastName, string Account, PayeeAddress Address, PayeeBank Bank) : InterbankPayeeChoice;

    public sealed record Registered(BeneficiaryId Beneficiary) : InterbankPayeeChoice;
}

/// <summary>What the customer was shown and has confirmed; the content of the sealed quote.</summary>
/// <param name="Instructed">What the customer ordered to be sent.</param>
/// <param name="Charge">What is kept of it; zero unless the beneficiary pays.</param>
internal sealed record InterbankTerms(TransferTerms Terms, Money Instructed, Money Charge, string? Purpose, string? PayeeCategory, string? TermsVersion);

/// <summary>A prepared transfer to another bank (TRF-08, TRF-15, TRF-18, TRF-20).</summary>
/// <param name="Text">What the customer sends back to confirm it.</param>
/// <param name="Instructed">What the customer ordered to be sent; <see cref="TransferTerms.Amount"/> is what of it arrives.</param>
/// <param name="Available">Of the account to debit, when the quote was made.</param>
/// <param name="Plan">When it leaves and by when it arrives, if it is confirmed before the cut-off.</param>
public sealed record InterbankTransferQuote(
    TransferKind Kind, string Text, TransferTerms Terms, Money Instructed, Money Available, Calendar.ExecutionPlan Plan, NodaTime.Instant ExpiresAt,
    ConfirmationDemand Confirmation);
