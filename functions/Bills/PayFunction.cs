using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Bills;

public sealed class PayFunction(ConfirmPayment confirm, StartSettlement settlement)
{
    [Function("Bills_Pay")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("bill_payment")]
    [Summary("Confirms a quote and pays the invoice, once.",
        Details = "201: paid. 202: the account is debited and the company has not confirmed yet; `GET` the payment to see how it ends.")]
    [Body<PayRequest>]
    [Answers<PaymentResponse>(201), Answers<PaymentResponse>(202)]
    [Refuses<DescriptionNotAllowed>, Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<QuoteAlreadyConfirmed>, Refuses<PossibleDuplicatePayment>, Refuses<QuoteExpired>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<MinimumBalanceReached>, Refuses<QuoteForOtherCurrency>]
    [Refuses<InsufficientFunds>, Refuses<CompanyUnavailable>, Refuses<InvoiceNotFound>, Refuses<InvoiceAlreadyPaid>, Refuses<InvoiceWithdrawn>]
    [Refuses<InvoiceAmountChanged>, Refuses<InvoiceBeingPaid>, Refuses<AccountBusy>, Refuses<PaymentInterrupted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/payments")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<PayRequest>()
            .Then(body => confirm.RunAsync(body.ToConfirmation(request), request.HttpContext.RequestAborted))
            .Then(payment => settlement.IfPendingAsync(client, payment))
            .Respond(payment => payment.State == PaymentState.Paid
                ? (IResult)TypedResults.Created($"/api/v1/bills/payments/{payment.Id.Value}", PaymentResponse.From(payment))
                : TypedResults.Accepted($"/api/v1/bills/payments/{payment.Id.Value}", PaymentResponse.From(payment)));
}

public sealed record PayRequest(
    [property: MinLength(1), MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("The account to debit; the quoted one when absent.")] Guid? AccountId = null,
    [property: MaxLength(PaymentDescription.LengthAtMost), Description("Letters, digits and spaces."), Example("Drita gusht")] string? Description = null,
    [property: Description("Needed where the quote warned of a possible duplicate.")] bool PayAgain = false) : IConfirmsQuote
{
    public PaymentConfirmation ToConfirmation(HttpRequest request) =>
        new(request.Customer(), request.IdempotencyKey(), request.BodyHash(), QuoteId, AccountId is { } account ? new AccountId(account) : null, Description)
        {
            Channel = request.CustomerCaller().Channel.Code(),
            PayAgain = PayAgain,
        };
}
