using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Sessions;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Accounts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Turnovers;

public sealed class ListEKlikTurnoverFunction(ListChannelPayments list)
{
    [Function("EKlik_ListTurnover")]
    [Access(Right.Info)]
    [Summary("Lists the eKlik turnover of a period: the transfers and payments that were ordered through eKlik, and no others, newest first.")]
    [Query<PeriodQuery>, Paged]
    [Answers<PageResponse<OrderedPaymentResponse>>(200)]
    [Refuses<EndBeforeStart>, Refuses<DateInFuture>, Refuses<RangeTooLong>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/eklik/turnover")] HttpRequest request) =>
        list.RunAsync(
                request.Customer(), SessionChannel.EKlik.Code(), request.Query<PeriodQuery>().StartDate, request.Query<PeriodQuery>().EndDate, request.Page(),
                request.HttpContext.RequestAborted)
            .RespondPage(request, OrderedPaymentResponse.From);
}

[Description("A transfer or a payment as ordered.")]
public sealed record OrderedPaymentResponse(
    [property: Description("Unique number: what a request to cancel names, and what `GET /api/v1/payments/{number}/details` exports.")] Guid Number,
    [property: Example("inside_transfer")] string Kind,
    [property: Description("As the transfer or payment itself says it."), Example("settled")] string State,
    Instant OrderedAt,
    Guid AccountId,
    string Beneficiary,
    [property: Description("Account, or client code of a bill.")] string BeneficiaryAccount,
    [property: Description("Number of the invoice; null for a transfer.")] string? Reference,
    Money Amount,
    [property: Description("What left, or was to leave, the account; fee included.")] Money Debited,
    string? Description)
{
    public static OrderedPaymentResponse From(OrderedPayment payment) => new(
        payment.Number, payment.Kind, payment.State, payment.OrderedAt, payment.From.Value, payment.PayeeName, payment.PayeeAccount, payment.Reference,
        payment.Amount, payment.Debited, payment.Description);
}
