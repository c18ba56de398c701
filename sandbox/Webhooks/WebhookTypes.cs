namespace Serverless.Sandbox.Webhooks;

internal static class WebhookTypes
{
    public const string InvoiceIssued = "invoice.issued";
    public const string InvoiceWithdrawn = "invoice.withdrawn";
    public const string PaymentSettled = "payment.settled";
}
