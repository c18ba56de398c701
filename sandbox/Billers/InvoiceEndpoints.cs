using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

internal static class InvoiceEndpoints
{
    public static void MapInvoices(this IEndpointRouteBuilder contract, Biller biller) =>
        contract.MapGet("/invoices/{clientCode}/{number}", (string clientCode, string number) => biller.FindInvoice(clientCode, number) is { } invoice
            ? Answers.Json(200, invoice)
            : BillerEndpoints.UnknownInvoice());
}
