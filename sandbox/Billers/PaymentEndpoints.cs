using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Billers;

internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder contract)
    {
        var clock = contract.ServiceProvider.GetRequiredService<SandboxClock>();
        var schedule = contract.ServiceProvider.GetRequiredService<Schedule>();
        var webhooks = contract.ServiceProvider.GetRequiredService<WebhookSender>();

        contract.MapPost("/payments", (HttpRequest request) =>
            request.ReadAsync<PaymentRequest, Payment>(Parse, payment => Take(request.HttpContext, payment)));
        contract.MapGet("/payments/{paymentId}", (HttpContext context, string paymentId) => context.Biller().FindPayment(paymentId) is { } taken
            ? Answers.Json(200, taken.Settlement)
            : BillerEndpoints.UnknownPayment());

        IResult Take(HttpContext context, Payment payment)
        {
            var (biller, mood) = (context.Biller(), Mood.Of(context));
            var answer = biller.Take(payment, mood.IsPending, mood.RefuseWith, clock.Now);
            if (answer is PaymentAnswer.Taken { IsNew: true } taken)
            {
                FollowUp(biller, context.Party(), taken.Settlement, mood);
            }

            return Answer(answer);
        }

        void FollowUp(Biller biller, Party party, Settlement settlement, Mood mood)
        {
            if (settlement.Status == SettlementStatus.Pending && mood.SettleAfter is { } wait)
            {
                schedule.At(clock.Now + wait, _ => SettleAsync(biller, party, settlement.PaymentId, mood.RefuseWith));
            }
            else if (settlement.Status == SettlementStatus.Confirmed && party.Knobs.DuplicateAnswers)
            {
                webhooks.Send(party, WebhookTypes.PaymentSettled, settlement);
            }
        }

        Task SettleAsync(Biller biller, Party party, string paymentId, string? refuseWith)
        {
            if (biller.SettleByItself(paymentId, refuseWith) is { } settlement)
            {
                webhooks.Send(party, WebhookTypes.PaymentSettled, settlement);
            }

            return Task.CompletedTask;
        }
    }

    private static IResult Answer(PaymentAnswer answer) => answer switch
    {
        PaymentAnswer.Taken { Settlement: var settlement } => Answers.Json(
            settlement.Status switch
            {
                SettlementStatus.Confirmed => StatusCodes.Status201Created,
                SettlementStatus.Pending => StatusCodes.Status202Accepted,
                _ => StatusCodes.Status409Conflict,
            },
            settlement),
        PaymentAnswer.IdReused => Answers.Refuse(400, "payment_id_reused", "The payment id was used for another payment; nothing was changed."),
        _ => BillerEndpoints.UnknownInvoice(),
    };

    private static Payment Parse(PaymentRequest body, Faults faults)
    {
        var amount = Money.ReadPositive("/amount", body.Amount, faults);
        return new Payment(
            faults.Code("/paymentId", body.PaymentId, 64),
            faults.Code("/clientCode", body.ClientCode, 25),
            faults.Code("/invoiceNumber", body.InvoiceNumber, 25),
            amount,
            Money.Read("/penalty", body.Penalty, faults),
            faults.Time("/paidAt", body.PaidAt));
    }

    internal sealed record PaymentRequest(string? PaymentId, string? ClientCode, string? InvoiceNumber, Money? Amount, Money? Penalty, string? PaidAt);
}
