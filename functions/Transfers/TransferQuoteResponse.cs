using System.ComponentModel;
using System.Globalization;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

[Description("A prepared transfer. Confirm it before it expires: exactly this is carried out.")]
public sealed record TransferQuoteResponse(
    [property: Description("Send it back to confirm.")] string QuoteId,
    TransferKind Kind,
    TransferAccountResponse Account,
    TransferBeneficiaryResponse Beneficiary,
    [property: Description("What the beneficiary gets.")] Money Amount,
    [property: Description("What the account pays for it, in its currency.")] Money Debit,
    Money Fee,
    FeeBearer FeeBearer,
    [property: Description("What leaves the account: debit and fee.")] Money Total,
    [property: Description("Units of the amount's currency for one of the account's; null when they are the same."), Example("98.4567")] string? ExchangeRate,
    string? Description,
    [property: Description("How the given name fits the holder's; null when no name was given.")] NameMatch? NameMatch,
    [property: Description("When the beneficiary has the money."), Example("immediately")] ExecutionTime Execution,
    [property: Description("A transfer to the same beneficiary with the same amount and description, ordered within a day: confirm with `payAgain` if it is meant; null when there is none.")] Guid? PossibleDuplicate,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static TransferQuoteResponse From(TransferQuote quote) => new(
        quote.Text,
        quote.Kind,
        new TransferAccountResponse(quote.Terms.From.Value, quote.Terms.Payer.Account, quote.Available),
        TransferBeneficiaryResponse.From(quote.Terms.To),
        quote.Terms.Amount,
        quote.Terms.Debit,
        quote.Terms.Fee,
        quote.Terms.FeeBearer,
        quote.Terms.Debit + quote.Terms.Fee,
        quote.Terms.Rate?.ToString(CultureInfo.InvariantCulture),
        quote.Terms.Description,
        quote.NameMatch,
        quote.Kind is TransferKind.National or TransferKind.International ? ExecutionTime.OneBusinessDay : ExecutionTime.Immediately,
        quote.Terms.PossibleDuplicate,
        ConfirmationResponse.From(quote.Confirmation),
        quote.ExpiresAt);
}

public enum ExecutionTime
{
    /// <summary>In the confirm call.</summary>
    Immediately,

    OneBusinessDay,
}

public sealed record TransferAccountResponse(Guid Id, string Iban, Money Available);

public sealed record TransferBeneficiaryResponse(
    [property: Description("As verified; masked when the account was found by a look-up.")] string Name,
    [property: Description("IBAN or number; masked when the account was found by a look-up.")] string Account)
{
    public static TransferBeneficiaryResponse From(Payee payee) => new(payee.Name, payee.Account);
}
