using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Remittances;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Remittances;

public sealed class QuoteRemittanceFunction(QuoteRemittance quote)
{
    [Function("Remittances_Quote")]
    [Access(Right.Payment)]
    [Summary("Prepares the payout of a remittance: what will be on the account, at which rate, under which terms.")]
    [Body<QuoteRemittanceRequest>]
    [Answers<RemittanceQuoteResponse>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<PinMalformed>, Refuses<TooManyRequests>, Refuses<RemitterUnavailable>, Refuses<PinUnknown>]
    [Refuses<BeneficiaryDiffers>, Refuses<RemittanceAlreadyPaid>, Refuses<RemittanceCancelled>, Refuses<ExchangeRateMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/remittances/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteRemittanceRequest>()
            .Then(body => quote.RunAsync(
                request.Customer(), request.CustomerCaller().Name, body.Pin, new AccountId(body.AccountId), request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(RemittanceQuoteResponse.From(quoted)));
}

public sealed record QuoteRemittanceRequest(
    [property: MaxLength(20), Example("11223344556")] string Pin,
    [property: Description("The account to credit.")] Guid AccountId);

[Description("A prepared payout. Confirm it before it expires.")]
public sealed record RemittanceQuoteResponse(
    string QuoteId,
    string Sender,
    string SenderCountry,
    [property: Description("What was sent.")] Money Sent,
    Guid AccountId,
    [property: Description("What the account will be credited, in its currency.")] Money Credited,
    [property: Description("Units of the account's currency for one sent; null when they are the same."), Example("97.20")] string? ExchangeRate,
    [property: Description("Version of the terms that the confirmation must accept.")] string TermsVersion,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static RemittanceQuoteResponse From(SealedQuote<RemittanceTerms> quote) => new(
        quote.Text, quote.Content.Sender, quote.Content.SenderCountry, quote.Content.Sent, quote.Content.To.Value, quote.Content.Credited,
        quote.Content.Rate?.ToString(CultureInfo.InvariantCulture), quote.Content.TermsVersion,
        ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}
