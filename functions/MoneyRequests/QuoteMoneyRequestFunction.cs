using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Network;
using Serverless.Banking.Quotes;
using Serverless.Banking.Text;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class QuoteMoneyRequestFunction(QuoteMoneyRequest quote)
{
    [Function("MoneyRequests_Quote")]
    [Access(Right.Payment)]
    [Summary("Prepares a money request to one contact.", Details = "Nothing is sent before it is confirmed.")]
    [Body<QuoteMoneyRequestRequest>]
    [Answers<MoneyRequestQuoteResponse>]
    [Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<ContactNotFound>, Refuses<TooManyRequests>, Refuses<ContactNotRegistered>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteMoneyRequestRequest>()
            .Then(body => quote.RunAsync(
                request.Customer(), new ContactId(body.ContactId), new AccountId(body.AccountId), body.Amount, body.Details, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(MoneyRequestQuoteResponse.From(quoted)));
}

public sealed record QuoteMoneyRequestRequest(
    Guid ContactId,
    [property: Description("The account to receive the funds.")] Guid AccountId,
    [property: Description("In the account's currency.")] Money Amount,
    [property: MaxLength(200), Description("Letters, digits and spaces, at most 140."), Example("Darka e premtes")] string? Details = null);

[Description("A prepared money request. Confirm it before it expires.")]
public sealed record MoneyRequestQuoteResponse(
    string QuoteId, Guid ContactId, string Name, string Phone, Guid AccountId, Money Amount, string? Details, ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static MoneyRequestQuoteResponse From(SealedQuote<QuotedMoneyRequest> quote) => new(
        quote.Text, quote.Content.Contact.Value, quote.Content.Name, quote.Content.Phone, quote.Content.To.Value, quote.Content.Amount, quote.Content.Details,
        ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}
