using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Text;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class QuotePeriodicTransferFunction(QuotePeriodicTransfer quote)
{
    [Function("PeriodicTransfers_Quote")]
    [Access(Right.Payment)]
    [Summary("Checks the data and the schedule of a standing transfer and shows them with the terms to accept.",
        Details = "Between own accounts name `toAccountId`; for another customer of the bank `beneficiary`, with `details`. Exactly one of `endDate` and `count`.")]
    [Body<QuotePeriodicTransferRequest>]
    [Answers<PeriodicQuoteResponse>]
    [Refuses<PeriodicPayeeNotOne>, Refuses<BeneficiaryNotFound>, Refuses<BeneficiaryTypeMismatch>, Refuses<BeneficiaryGone>, Refuses<IbanInvalid>]
    [Refuses<NotThisBank>, Refuses<PayeeNotFound>, Refuses<StartDateInPast>, Refuses<EndDateBeforeStart>, Refuses<CountBelowOne>, Refuses<CountAlreadyMade>]
    [Refuses<DurationNotOne>, Refuses<PeriodicDetailsMissing>, Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<SameAccount>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AmountNotInAccountCurrency>, Refuses<CurrenciesDiffer>, Refuses<PayeeAccountNotUsable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/periodic/quotes")] HttpRequest request) =>
        request.ReadBody<QuotePeriodicTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(wanted => quote.RunAsync(wanted, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(PeriodicQuoteResponse.From(quoted)));
}

public sealed record QuotePeriodicTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("In the currency of the account to debit.")] Money Amount,
    PeriodicFrequency Frequency,
    [property: Description("The first due date; every later one is counted from it.")] LocalDate StartDate,
    [property: Description("The other account of the customer.")] Guid? ToAccountId = null,
    PeriodicBeneficiaryRequest? Beneficiary = null,
    [property: MaxLength(200), Description("Letters, digits and spaces, at most 140; required for another customer."), Example("Qira mujore")] string? Details = null,
    [property: Description("The last day on which it may be due.")] LocalDate? EndDate = null,
    [property: Description("The number of transfers in all, missed ones included."), Range(-1, 1200)] int? Count = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<PeriodicRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var details = input.Take(request.CheckDescription(Details, "/details", Details));
        var to = Beneficiary is null ? null : input.Take(Beneficiary.ToChoice());
        return input.Result(() => new PeriodicRequest(
            request.Customer(), new AccountId(FromAccountId), ToAccountId is { } own ? new AccountId(own) : null, to, Amount, details, Frequency, StartDate, EndDate, Count));
    }
}

[Description("Another customer of the bank, named in exactly one of three ways.")]
public sealed record PeriodicBeneficiaryRequest(
    [property: Description("Of a registered beneficiary.")] Guid? BeneficiaryId = null,
    [property: MaxLength(40), Description("IBAN or account number at this bank.")] string? Account = null,
    [property: MaxLength(140), Description("Whom the account belongs to, as the customer thinks; only with `account`.")] string? Name = null,
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("What a look-up gave.")] string? Reference = null)
{
    /// <returns>Or <see cref="PeriodicPayeeNotOne"/>: none of the three, or several; or <see cref="IbanInvalid"/>.</returns>
    public Result<PayeeChoice> ToChoice() => (BeneficiaryId, Account, Name, Reference) switch
    {
        ({ } id, null, null, null) => new PayeeChoice.OfBeneficiary(new BeneficiaryId(id)),
        (null, { } account, var name, null) => PayeeChoice.OfAccount.Read(account, name, "/beneficiary/account"),
        (null, null, null, { } reference) => new PayeeChoice.OfReference(reference),
        _ => new InvalidInput([new PeriodicPayeeNotOne("/beneficiary")]),
    };
}

[Description("A prepared standing transfer. Accept the terms and confirm it before it expires.")]
public sealed record PeriodicQuoteResponse(
    string QuoteId,
    PeriodicTransferType Type,
    Guid FromAccountId,
    PeriodicBeneficiaryResponse Beneficiary,
    Money Amount,
    [property: Description("Of each transfer, by today's tariff.")] Money Fee,
    string? Details,
    PeriodicFrequency Frequency,
    LocalDate StartDate,
    LocalDate? EndDate,
    int? Count,
    [property: Description("The first due date.")] LocalDate FirstDate,
    [property: Description("Of the terms to accept.")] string TermsVersion,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static PeriodicQuoteResponse From(SealedQuote<QuotedPeriodicTransfer> quote)
    {
        var (kind, terms, firstOn, fee, version) = quote.Content;
        return new PeriodicQuoteResponse(
            quote.Text, PeriodicTypes.Of(kind), terms.From.Value, new PeriodicBeneficiaryResponse(terms.To.Name, terms.To.Account), terms.Amount, fee,
            terms.Details, terms.Frequency, terms.StartsOn, terms.EndsOn, terms.Count, firstOn, version,
            ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
    }
}
