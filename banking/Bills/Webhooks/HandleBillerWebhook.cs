using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>What a company tells by itself: new and withdrawn invoices (BILL-27), settled payments.</summary>
public sealed class HandleBillerWebhook
{
    private readonly AnnounceInvoices announce;
    private readonly PollInvoices poll;
    private readonly SettlePayment settle;

    internal HandleBillerWebhook(AnnounceInvoices announce, PollInvoices poll, SettlePayment settle) =>
        (this.announce, this.poll, this.settle) = (announce, poll, settle);

    /// <param name="message">Its partner is the company's id.</param>
    /// <returns>Handled; it may be repeated. Or <see cref="WebhookNotUnderstood"/>. A type that the bank does not know is handled by doing nothing: partners may begin to send more.</returns>
    public async Task<Result<Nothing>> RunAsync(PartnerMessage message, CancellationToken cancellation)
    {
        var company = new CompanyId(message.Partner);
        switch (message.Type)
        {
            case "":
                return new WebhookNotUnderstood("/type");

            case "invoice.issued":
                if (message.Read<BillerInvoice>()?.ToInvoice(company) is not { } issued)
                    return new WebhookNotUnderstood("/data");
                if (issued.State == InvoiceState.Unpaid)
                    await announce.RunAsync(issued, cancellation);
                return default(Nothing);

            case "invoice.withdrawn":
                if (message.Read<BillerInvoice>()?.ToInvoice(company) is not { } withdrawn)
                    return new WebhookNotUnderstood("/data");
                // The list that is shown while the company is away is brought up to date by asking.
                await poll.RunAsync(new InvoicePoll(company.Value, [withdrawn.Account.ClientCode]), cancellation);
                return default(Nothing);

            case "payment.settled":
                if (message.Read<BillerSettlement>() is not { PaymentId: { } id } settlement
                    || !Guid.TryParse(id, out var payment))
                {
                    return new WebhookNotUnderstood("/data");
                }

                // A payment that is not open any more was settled before: nothing is left to do.
                await settle.RunAsync(company, new PaymentId(payment), settlement.ToSettlement(), cancellation);
                return default(Nothing);

            default:
                return default(Nothing);
        }
    }
}
