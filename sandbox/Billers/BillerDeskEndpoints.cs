using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Billers;

/// <summary>What somebody inside the company does: the calls that only the sandbox has.</summary>
internal static class BillerDeskEndpoints
{
    private const int LongestCode = 25;

    public static void MapBillerDesk(this IEndpointRouteBuilder address)
    {
        var clock = address.ServiceProvider.GetRequiredService<SandboxClock>();
        var webhooks = address.ServiceProvider.GetRequiredService<WebhookSender>();

        address.MapPost("/subscribers", (HttpRequest request) => request.ReadAsync<SubscriberRequest, Subscriber>(
            (body, faults) => new Subscriber(faults.Code("/clientCode", body.ClientCode, LongestCode), faults.Text("/name", body.Name, 100)),
            subscriber => request.HttpContext.Biller().AddSubscriber(subscriber)
                ? Answers.Json(StatusCodes.Status201Created, subscriber)
                : Answers.Refuse(409, "subscriber_exists", "The company has this client code already.")));

        address.MapPost("/invoices", (HttpRequest request) => request.ReadAsync<InvoiceRequest, (NewInvoice Invoice, bool Notify)>(
            (body, faults) => (Parse(body, clock.Today, faults), body.Notify ?? false),
            wanted => Answer(request.HttpContext, StatusCodes.Status201Created, biller => biller.AddInvoice(wanted.Invoice), wanted.Notify, WebhookTypes.InvoiceIssued)));

        address.MapPost("/invoices/{number}/withdraw", (string number, HttpRequest request) => IsEmpty(request)
            ? Task.FromResult(Withdraw(request.HttpContext, number, notify: false))
            : request.ReadAsync<WithdrawRequest, bool>((body, _) => body.Notify ?? false, notify => Withdraw(request.HttpContext, number, notify)));

        address.MapPost("/invoices/{number}/amount", (string number, HttpRequest request) => request.ReadAsync<AmountRequest, (Money Amount, Money Penalty)>(
            Parse,
            wanted => Answer(
                request.HttpContext, 200, biller => biller.Change(number, invoice => invoice with { Amount = wanted.Amount, Penalty = wanted.Penalty }), notify: false, "")));

        address.MapGet("/payments", (HttpContext context) => Answers.Json(200, new PaymentsResponse([.. context.Biller().Payments().Select(PaymentResponse.From)])));

        address.MapPost("/payments/{paymentId}/settle", (string paymentId, HttpRequest request) => request.ReadAsync<SettleRequest, string?>(
            Parse,
            refuseWith => Settle(request.HttpContext, paymentId, refuseWith)));

        IResult Withdraw(HttpContext context, string number, bool notify) => Answer(
            context, 200, biller => biller.Change(number, invoice => invoice with { Status = InvoiceStatus.Withdrawn }), notify, WebhookTypes.InvoiceWithdrawn);

        IResult Answer(HttpContext context, int status, Func<Biller, InvoiceChange> make, bool notify, string webhookType)
        {
            var change = make(context.Biller());
            if (change is InvoiceChange.Done { Invoice: var changed } && notify)
            {
                webhooks.Send(context.Party(), webhookType, changed);
            }

            return change switch
            {
                InvoiceChange.Done { Invoice: var invoice } => Answers.Json(status, invoice),
                InvoiceChange.UnknownSubscriber => BillerEndpoints.UnknownSubscriber(),
                InvoiceChange.NumberTaken => Answers.Refuse(409, "invoice_exists", "The company has an invoice of this number already."),
                InvoiceChange.NotUnpaid { Status: var now } => Answers.Refuse(409, "not_unpaid", $"The invoice is {now.ToString().ToLowerInvariant()}."),
                _ => BillerEndpoints.UnknownInvoice(),
            };
        }

        IResult Settle(HttpContext context, string paymentId, string? refuseWith)
        {
            switch (context.Biller().Settle(paymentId, refuseWith))
            {
                case SettleAnswer.Done { Settlement: var settlement }:
                    webhooks.Send(context.Party(), WebhookTypes.PaymentSettled, settlement);
                    return Answers.Json(200, settlement);
                case SettleAnswer.AlreadySettled { Settlement.Status: var status }:
                    return Answers.Refuse(409, "already_settled", $"The payment is {status.ToString().ToLowerInvariant()}.");
                case SettleAnswer.Impossible { Code: var code }:
                    return Answers.Refuse(409, code, "The invoice no longer allows a confirmation; the payment can only be refused.");
                default:
                    return BillerEndpoints.UnknownPayment();
            }
        }
    }

    private static bool IsEmpty(HttpRequest request) => request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0;

    private static NewInvoice Parse(InvoiceRequest body, DateOnly today, Faults faults)
    {
        var amount = Money.ReadPositive("/amount", body.Amount, faults);
        var issuedOn = body.IssuedOn is null ? today : faults.Date("/issuedOn", body.IssuedOn);
        DateOnly? dueOn = body.DueOn is null ? null : faults.Date("/dueOn", body.DueOn);
        if (!faults.Any && dueOn < issuedOn)
        {
            faults.Add("/dueOn", "Must not lie before issuedOn.");
        }

        return new NewInvoice(
            faults.Code("/clientCode", body.ClientCode, LongestCode),
            faults.Code("/number", body.Number, LongestCode),
            amount,
            Money.ReadPenalty("/penalty", body.Penalty, amount, faults),
            issuedOn,
            dueOn);
    }

    private static (Money Amount, Money Penalty) Parse(AmountRequest body, Faults faults)
    {
        var amount = Money.ReadPositive("/amount", body.Amount, faults);
        return (amount, Money.ReadPenalty("/penalty", body.Penalty, amount, faults));
    }

    /// <returns>The code to refuse with, or null to confirm.</returns>
    private static string? Parse(SettleRequest body, Faults faults)
    {
        switch (body.Status)
        {
            case "refused":
                return SettlementCodes.Check("/code", body.Code, faults);
            case "confirmed" when body.Code is null:
                return null;
            case "confirmed":
                faults.Add("/code", "Belongs to a refusal.");
                return null;
            default:
                faults.Add("/status", "Must be confirmed or refused.");
                return null;
        }
    }

    internal sealed record SubscriberRequest(string? ClientCode, string? Name);

    internal sealed record InvoiceRequest(
        string? ClientCode, string? Number, Money? Amount, Money? Penalty, string? IssuedOn, string? DueOn, bool? Notify);

    internal sealed record WithdrawRequest(bool? Notify);

    internal sealed record AmountRequest(Money? Amount, Money? Penalty);

    internal sealed record SettleRequest(string? Status, string? Code);

    internal sealed record PaymentsResponse(IReadOnlyList<PaymentResponse> Payments);

    internal sealed record PaymentResponse(
        string PaymentId, string ClientCode, string InvoiceNumber, Money Amount, Money Penalty, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt,
        Settlement Settlement, int TimesSent)
    {
        public static PaymentResponse From(TakenPayment taken) => new(
            taken.Payment.PaymentId, taken.Payment.ClientCode, taken.Payment.InvoiceNumber, taken.Payment.Amount, taken.Payment.Penalty,
            taken.Payment.PaidAt, taken.ReceivedAt, taken.Settlement, taken.TimesSent);
    }
}
