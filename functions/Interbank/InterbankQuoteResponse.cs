using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Interbank;

[Description("A prepared transfer to another bank. Confirm it before it expires: exactly this is carried out.")]
public sealed record InterbankQuoteResponse(
    [property: Description("Send it back to confirm.")] string QuoteId,
    TransferKind Kind,
    Guid FromAccountId,
    [property: Description("Of the account, now.")] Money Available,
    InterbankBeneficiaryResponse Beneficiary,
    [property: Description("What was ordered to be sent.")] Money Instructed,
    [property: Description("What of it is sent on: less, when the beneficiary pays the charges.")] Money Amount,
    [property: Description("What the account pays for the amount, in its currency.")] Money Debit,
    Money Fee,
    FeeBearer FeeBearer,
    [property: Description("What is reserved and leaves the account: debit and fee.")] Money Total,
    [property: Description("Units of the amount's currency for one of the account's; null when they are the same."), Example("0.0101")] string? ExchangeRate,
    string Description,
    [property: Description("The business day on which it leaves, if confirmed before the cut-off.")] LocalDate ExecutionDate,
    [property: Description("By when the beneficiary's bank has it.")] LocalDate ExpectedBy,
    [property: Description("A transfer to the same beneficiary with the same amount and description, ordered within a day: confirm with `payAgain` if it is meant; null when there is none.")] Guid? PossibleDuplicate,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static InterbankQuoteResponse From(InterbankTransferQuote quote) => new(
        quote.Text,
        quote.Kind,
        quote.Terms.From.Value,
        quote.Available,
        InterbankBeneficiaryResponse.From(quote.Terms.To),
        quote.Instructed,
        quote.Terms.Amount,
        quote.Terms.Debit,
        quote.Terms.Fee,
        quote.Terms.FeeBearer,
        quote.Terms.Debit + quote.Terms.Fee,
        quote.Terms.Rate?.ToString(CultureInfo.InvariantCulture),
        quote.Terms.Description ?? "",
        quote.Plan.ExecutionDate,
        quote.Plan.ExpectedBy,
        quote.Terms.PossibleDuplicate,
        ConfirmationResponse.From(quote.Confirmation),
        quote.ExpiresAt);
}

public sealed record InterbankBeneficiaryResponse(string Name, string Account, string? Phone, BankResponse? Bank)
{
    public static InterbankBeneficiaryResponse From(Payee payee) => new(
        payee.Name, payee.Account, payee.Phone,
        payee.Bank is { } bank ? new BankResponse(bank.Name ?? "", bank.City ?? "", bank.Address ?? "", bank.Country ?? "", bank.Bic ?? "") : null);
}

[Description("A bank, for the customer to check.")]
public sealed record BankResponse(
    string Name, string City, string Address, [property: Description("ISO 3166-1 alpha-2.")] string Country, [property: Description("SWIFT code.")] string Bic)
{
    public static BankResponse From(BankDetails bank) => new(bank.Name, bank.City, bank.Address, bank.Country, bank.Bic.Code);
}
