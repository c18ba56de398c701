using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

internal static class SubscriberEndpoints
{
    public static void MapSubscribers(this IEndpointRouteBuilder contract, Biller biller)
    {
        contract.MapGet("/subscribers/{clientCode}", (string clientCode) => biller.FindSubscriber(clientCode) is { } subscriber
            ? Answers.Json(200, subscriber)
            : BillerEndpoints.UnknownSubscriber());
        contract.MapGet("/subscribers/{clientCode}/invoices", (string clientCode) => biller.FindSubscriber(clientCode) is { } subscriber
            ? Answers.Json(200, new UnpaidInvoices(clientCode, subscriber.Name, biller.Unpaid(clientCode)))
            : BillerEndpoints.UnknownSubscriber());
    }

    internal sealed record UnpaidInvoices(string ClientCode, string SubscriberName, IReadOnlyList<Invoice> Invoices);
}
