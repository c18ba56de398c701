using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

internal static class InvoiceEndpoints
{
    public static void MapInvoices(this IEndpointRouteBuilder contract) =>
        contract.MapGet("/invoices/{clientCode}/{number}", (HttpContext context, string clientCode, string number) =>
            context.Biller().FindInvoice(clientCode, number) is { } invoice ? Answers.Json(200, invoice)
            : BillerEndpoints.UnknownInvoice());
}
