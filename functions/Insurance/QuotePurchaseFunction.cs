using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.Insurance;
using Serverless.Banking.Ledger;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Insurance;

public sealed class QuotePurchaseFunction(QuotePolicyPurchase quote, InsuranceLists lists)
{
    [Function("Insurance_QuotePurchase")]
    [Access(Right.Payment)]
    [Summary("Prepares the purchase of an offer: what is insured from when, what it costs, and under which terms.",
        Details = "Motor and property ask for more: the member named as the offer's kind. Health and travel have the e-mail address from the bank's records unless another one is given.")]
    [Body<QuotePurchaseRequest>]
    [Answers<PurchaseQuoteResponse>]
    [Refuses<OfferNotFound>, Refuses<OfferExpired>, Refuses<AccountNotFound>, Refuses<ExchangeRateMissing>]
    [Refuses<InsuranceKindNotNamed>, Refuses<InsuranceEmailMissing>, Refuses<InsuranceStartPast>, Refuses<EndMisfitsPeriod>, Refuses<BirthDateInFuture>]
    [Refuses<PersonRepeated>, Refuses<SecondUserMismatch>, Refuses<InsuranceValueUnknown>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/insurance/quotes")] HttpRequest request) =>
        request.ReadBody<QuotePurchaseRequest>()
            .Then(body => body.ToWish(request))
            .Then(wish => quote.RunAsync(wish, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(PurchaseQuoteResponse.From(quoted, lists, AcceptLanguage.Of(request))));
}

public sealed record QuotePurchaseRequest(
    Guid OfferId,
    [property: Description("The account to debit.")] Guid AccountId,
    [property: Description("Where the insurer sends the policy; that of the bank's records when absent, for health and travel.")] EmailAddress? Email = null,
    TplDetails? Tpl = null,
    AutoSosDetails? AutoSos = null,
    MiniKaskoDetails? MiniKasko = null,
    GreenCardDetails? GreenCard = null,
    PropertyDetails? Property = null)
{
    /// <returns>Or <see cref="InsuranceKindNotNamed"/>: more than one.</returns>
    public Result<PurchaseWish> ToWish(HttpRequest request)
    {
        (string Member, InsuranceDetails? Details)[] named =
        [
            .. new (string, InsuranceDetails?)[] { ("tpl", Tpl), ("autoSos", AutoSos), ("miniKasko", MiniKasko), ("greenCard", GreenCard), ("property", Property) }
                .Where(one => one.Item2 is not null),
        ];
        if (named.Length > 1)
            return new InsuranceKindNotNamed("");
        var (member, details) = named.FirstOrDefault();
        return new PurchaseWish(request.Customer(), OfferId, new AccountId(AccountId), Email, details, member);
    }
}

[Description("A prepared purchase. Confirm it before it expires.")]
public sealed record PurchaseQuoteResponse(
    [property: Description("Sealed: send it back as it is to confirm.")] string QuoteId,
    InsuranceKind Kind,
    string Insurer,
    string CoverSummary,
    [property: Description("Whom or what the policy will name.")] string Insured,
    LocalDate Start,
    [property: Description("The last day; null: the policy will say.")] LocalDate? End,
    string Email,
    PolicyDelivery Delivery,
    Money Premium,
    Guid AccountId,
    [property: Description("What the account will be debited, in its currency.")] Money Debit,
    [property: Description("Units of the premium's currency for one of the account's; null when they are the same."), Example("97.20")] string? ExchangeRate,
    [property: Description("Whether the available balance covers the debit now.")] bool FundsSuffice,
    [property: Description("Version of the terms and conditions that the confirmation must accept."), Example("2026-01")] string TermsVersion,
    [property: Description("Paragraphs of these terms, in the language of `Accept-Language`.")] IReadOnlyList<string> Terms,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static PurchaseQuoteResponse From(PurchaseQuote quote, InsuranceLists lists, Language language)
    {
        var (prepared, offer) = (quote.Prepared, quote.Prepared.Offer);
        return new PurchaseQuoteResponse(
            quote.Sealed.Text, offer.Kind, lists.Of(offer.Insurer).Name, offer.Summary, quote.Insured, prepared.Cover.Start, prepared.Cover.End, prepared.Email, offer.Kind.DeliveryOf(),
            offer.Premium, prepared.From.Value, prepared.Debit, prepared.Rate?.ToString(CultureInfo.InvariantCulture), quote.Available.Minor >= prepared.Debit.Minor,
            prepared.TermsVersion, InsuranceTerms.Read(language), ConfirmationResponse.From(quote.Sealed.Demand!), quote.Sealed.ExpiresAt);
    }
}
