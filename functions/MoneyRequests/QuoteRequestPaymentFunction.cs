using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class QuoteRequestPaymentFunction(QuoteRequestPayment quote)
{
    [Function("MoneyRequests_QuotePayment")]
    [Access(Right.Payment)]
    [Summary("Prepares paying a received request: whom, how much, at what fee, and whether the money suffices.")]
    [Body<QuoteRequestPaymentRequest>]
    [Answers<RequestPaymentQuoteResponse>]
    [Refuses<MoneyRequestNotFound>, Refuses<NotThePayer>, Refuses<MoneyRequestNotOpen>, Refuses<MoneyRequestBeingPaid>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<AccountCurrencyMismatch>, Refuses<PayeeAccountNotUsable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/{id:guid}/payment/quotes")] HttpRequest request, Guid id) =>
        request.ReadBody<QuoteRequestPaymentRequest>()
            .Then(body => quote.RunAsync(request.Customer(), new MoneyRequestId(id), new AccountId(body.AccountId), request.HttpContext.RequestAborted))
            .Respond(prepared => TypedResults.Ok(RequestPaymentQuoteResponse.From(prepared)));
}

public sealed record QuoteRequestPaymentRequest([property: Description("The account to debit.")] Guid AccountId);

[Description("A prepared payment of a request. Confirm it before it expires.")]
public sealed record RequestPaymentQuoteResponse(
    string QuoteId,
    Guid AccountId,
    [property: Description("Who asked.")] string Payee,
    Money Amount,
    Money Fee,
    [property: Description("Amount and fee: what the account is debited.")] Money Total,
    string? Details,
    [property: Description("Whether the available balance covers the total now.")] bool FundsSuffice,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static RequestPaymentQuoteResponse From(PreparedRequestPayment prepared)
    {
        var terms = prepared.Quote.Content.Terms;
        return new RequestPaymentQuoteResponse(
            prepared.Quote.Text, terms.From.Value, terms.To.Name, terms.Amount, terms.Fee, prepared.Total, terms.Description, prepared.FundsSuffice,
            ConfirmationResponse.From(prepared.Quote.Demand!),
            prepared.Quote.ExpiresAt);
    }
}
