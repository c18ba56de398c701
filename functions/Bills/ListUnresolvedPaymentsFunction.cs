using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListUnresolvedPaymentsFunction(ListUnresolvedPayments list)
{
    [Function("BackOffice_ListUnresolvedPayments")]
    [Access(Right.Staff, Roles = [Role.Ledger])]
    [Summary("Bill payments whose company did not answer within the deadline, oldest first.",
        Details = "The customer is debited and the invoice is kept from being paid twice. Ask the company, then propose the settlement.")]
    [Answers<UnresolvedPaymentsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/bills/payments/unresolved")] HttpRequest request) =>
        TypedResults.Ok(new UnresolvedPaymentsResponse([.. (await list.RunAsync(request.HttpContext.RequestAborted)).Select(UnresolvedPaymentResponse.From)]));
}

public sealed record UnresolvedPaymentsResponse(IReadOnlyList<UnresolvedPaymentResponse> Items);

[Description("A payment that the company has not answered for.")]
public sealed record UnresolvedPaymentResponse(
    Guid Id, string Customer, string Company, string ClientCode, string InvoiceNumber, Money Total, Guid AccountId, Money Debit, Instant CreatedAt)
{
    public static UnresolvedPaymentResponse From(Payment payment) => new(
        payment.Id.Value, payment.Customer.Value, payment.Account.Company.Value, payment.Account.ClientCode, payment.InvoiceNumber, payment.Total,
        payment.From.Value, payment.Debit, payment.StartedAt);
}
