using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

internal static class SubscriberEndpoints
{
    public static void MapSubscribers(this IEndpointRouteBuilder contract)
    {
        contract.MapGet("/subscribers/{clientCode}", (HttpContext context, string clientCode) => context.Biller().FindSubscriber(clientCode) is { } subscriber
            ? Answers.Json(200, subscriber)
            : BillerEndpoints.UnknownSubscriber());
        contract.MapGet("/subscribers/{clientCode}/invoices", (HttpContext context, string clientCode) => context.Biller().FindSubscriber(clientCode) is { } subscriber
            ? Answers.Json(200, new UnpaidInvoices(clientCode, subscriber.Name, context.Biller().Unpaid(clientCode)))
            : BillerEndpoints.UnknownSubscriber());
    }

    internal sealed record UnpaidInvoices(string ClientCode, string SubscriberName, IReadOnlyList<Invoice> Invoices);
}
