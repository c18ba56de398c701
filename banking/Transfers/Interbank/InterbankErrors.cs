namespace Serverless.Banking.Interbank;

/// <summary>Within the bank money moves at once and for less.</summary>
/// <param name="UseInstead">The operation to use.</param>
public sealed record IbanOfThisBank(string Field, string UseInstead) : Invalid("iban_of_this_bank", Field);

/// <param name="UseInstead">The operation to use.</param>
public sealed record IbanNotAlbanian(string Field, string UseInstead) : Invalid("iban_not_albanian", Field);

/// <param name="UseInstead">The operation to use.</param>
public sealed record IbanAlbanian(string Field, string UseInstead) : Invalid("iban_albanian", Field);

/// <summary>The directory has no bank for this IBAN: describe it by name (TRF-20).</summary>
/// <param name="UseInstead">The operation to use.</param>
public sealed record BankNotFound(string UseInstead) : NotFound("bank_not_found");

/// <summary>8 or 11 letters and digits, as the bank writes it.</summary>
public sealed record BicMalformed(string Field) : Invalid("bic_malformed", Field);

/// <param name="Country">Of the BIC.</param>
public sealed record BicOfAnotherCountry(string Field, string Country) : Invalid("bic_of_another_country", Field);

/// <summary>Neither an IBAN nor a number that payment networks carry.</summary>
public sealed record AccountNumberMalformed(string Field) : Invalid("account_number_malformed", Field);

/// <param name="Allowed">The currencies that can be sent.</param>
public sealed record TransferCurrencyNotOffered(string Field, IReadOnlyList<string> Allowed) : Invalid("transfer_currency_not_offered", Field);

public sealed record PurposeUnknown(string Field) : Invalid("purpose_unknown", Field);

/// <summary>The purpose belongs to another category.</summary>
public sealed record PurposeOfAnotherCategory(string Field) : Invalid("purpose_of_another_category", Field);

public sealed record PayeeCategoryUnknown(string Field) : Invalid("payee_category_unknown", Field);

/// <param name="Version">The current one.</param>
public sealed record TransferTermsNotAccepted(string Field, string Version) : Invalid("transfer_terms_not_accepted", Field);

/// <summary>The beneficiary bears the charges, and they are as much as the amount.</summary>
/// <param name="Charge">In the transfer's currency.</param>
public sealed record AmountBelowCharge(Money Charge) : Refused("amount_below_charge");

/// <param name="Reason">An ISO 20022 code (<c>AC04</c>) or one of <see cref="InterbankReasons"/>.</param>
public sealed record TransferRejected(string Reason) : Refused("transfer_rejected");

/// <summary>Nothing to decide under this id.</summary>
public sealed record ScreeningNotFound() : NotFound("screening_not_found");

/// <summary>Nothing of this id is on the list.</summary>
public sealed record InterbankExceptionNotFound() : NotFound("interbank_exception_not_found");

/// <summary>Somebody else was faster.</summary>
public sealed record InterbankExceptionDone() : Conflict("interbank_exception_done");

/// <summary>Decided already, or too late.</summary>
public sealed record ScreeningEnded(InterbankOrderState State) : Conflict("screening_ended");
