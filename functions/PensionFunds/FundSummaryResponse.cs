using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

[Description("What one contribution costs at the current rate.")]
public sealed record FundCostResponse(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("What the company gets.")] Money Amount,
    [property: Description("What the account pays for it, in its currency.")] Money Debit,
    Money Fee,
    [property: Description("Units of the amount's currency for one of the account's; null when they are the same."), Example("97.20")] string? ExchangeRate)
{
    public static FundCostResponse? From(TransferTerms? terms) =>
        terms is null ? null : new(terms.From.Value, terms.Amount, terms.Debit, terms.Fee, terms.Rate?.ToString(CultureInfo.InvariantCulture));
}

[Description("The summary of an application. Accept the contract and confirm it before it expires: exactly this is carried out.")]
public sealed record FundOpeningQuoteResponse(
    [property: Description("Send it back to confirm.")] string QuoteId,
    [property: Example("raja-balanced")] string Plan,
    [property: Description("The management company."), Example("Raja Pension")] string Company,
    string Description,
    FundPaymentResponse Payment,
    [property: Description("Of what is paid once: what is debited at the confirmation. Of what is periodic: what a contribution would cost today.")] FundCostResponse Cost,
    [property: Description("Of the contract to accept."), Example("2026-01")] string ContractVersion,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt);

[Description("The summary of a change of how contributions are taken.")]
public sealed record FundSettingsQuoteResponse(
    [property: Description("Send it back to confirm.")] string QuoteId,
    Banking.PensionFunds.FundMode PaymentMode,
    [property: Description("What a contribution would cost today; null for manual.")] FundCostResponse? Cost,
    int? FrequencyMonths,
    LocalDate? PaymentDate,
    LocalDate? EndDate,
    [property: Description("The next due date; null for manual.")] LocalDate? NextDate,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt);

[Description("A prepared contribution. Confirm it before it expires: exactly this is carried out.")]
public sealed record FundContributionQuoteResponse(
    [property: Description("Send it back to confirm.")] string QuoteId, [property: Description("Holder and management company."), Example("Arta Hoxha, Raja Pension")] string Beneficiary,
    [property: Example("RP-2027-000001")] string ContractNumber, FundCostResponse Cost, ConfirmationResponse Confirmation, Instant ExpiresAt);
