using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Cards;

/// <summary>Orders for new cards at the processor, and its workshop; docs/partners.md.</summary>
internal static class CardOrderEndpoints
{
    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBjYXJkIHByb2Nlc3Nvci4uLi4=";

    /// <param name="address">The processor's.</param>
    public static void MapCardOrders(this IEndpointRouteBuilder address, IEndpointRouteBuilder contract)
    {
        var orders = address.ServiceProvider.GetRequiredService<CardOrderBooks>();
        contract.MapPost("/card-orders", (HttpRequest request) => request.ReadAsync<OrderRequest, CardOrder>(
            Read,
            order =>
            {
                var mood = Mood.Of(request.HttpContext);
                return mood.RefuseWith is { } code ? Answers.Refuse(422, code, "Asked for by refuseWith.")
                    : orders.Take(request.HttpContext.Party(), mood, order) is var (state, isNew) ? Answers.Json(isNew ? 201 : 200, Shown(state))
                    : Answers.Refuse(409, "order_id_reused", "The order id was used for another card; nothing was changed.");
            }));
        contract.MapGet("/card-orders/{orderId}", (string orderId) => orders.Find(orderId) is { } state ? Answers.Json(200, Shown(state)) : Unknown());
        contract.MapPost("/card-orders/{orderId}/cancellation", (string orderId) =>
            orders.Find(orderId) is null ? Unknown()
            : orders.Cancel(orderId) is { } cancelled ? Answers.Json(200, Shown(cancelled))
            : Answers.Refuse(409, "already_produced", "The card has been produced; nothing was changed."));

        address.MapGet("/card-orders", () => Answers.Json(200, new
        {
            Orders = orders.All().Select(state => new { state.Order, state.Status, state.MaskedCard, state.CardToken }),
        }));
        address.MapPost("/card-orders/{orderId}/steps", (string orderId, HttpRequest request) => request.ReadAsync<StepRequest, CardOrderStatus>(
            (body, faults) =>
            {
                if (body.Step is null)
                    faults.Add("/step", "Must be produce, ready or collect.");
                return (CardOrderStatus)((int)(body.Step ?? default) + 1);
            },
            to => orders.Find(orderId) is null ? Unknown()
                : orders.Step(request.HttpContext.Party(), orderId, to) is { } state ? Answers.Json(200, Shown(state))
                : Answers.Refuse(409, "not_possible", "It is not the order's next step; nothing was changed.")));
    }

    private static CardOrder Read(OrderRequest body, Faults faults)
    {
        if (body.StatementPeriod is null)
            faults.Add("/statementPeriod", "Must be beginning_of_month or end_of_month.");
        if (body.InternetPurchasesShare is null)
            faults.Add("/internetPurchasesShare", "Must be a whole number from 0 to 100.");
        if (body.AutomaticPaymentShare is not (25 or 100))
            faults.Add("/automaticPaymentShare", "Must be 25 or 100.");
        var limit = Money.ReadPositive("/limit", body.Limit, faults);
        if (body.Limit is not null && body.Currency != limit.Currency)
            faults.Add("/currency", "Must be the limit's.");
        return new CardOrder(
            faults.Code("/orderId", body.OrderId, 64), faults.Code("/product", body.Product, 40), faults.CustomerNumber("/customer", body.Customer),
            faults.Text("/nameOnCard", body.NameOnCard, 26), faults.Code("/branch", body.Branch, 40), body.Currency ?? "", limit,
            faults.WholeNumber("/internetPurchasesShare", body.InternetPurchasesShare, 0, 100), body.StatementPeriod ?? default, body.AutomaticPaymentShare ?? 100);
    }

    private static IResult Unknown() => Answers.Refuse(404, "unknown_order", "The processor has no such order.");

    private static OrderResponse Shown(CardOrderState state) => new(state.Order.OrderId, state.Status, state.MaskedCard, state.CardToken);

    internal sealed record OrderRequest(
        string? OrderId, string? Product, string? Customer, string? NameOnCard, string? Branch, string? Currency, Money? Limit, int? InternetPurchasesShare,
        StatementPeriod? StatementPeriod, int? AutomaticPaymentShare);

    internal sealed record OrderResponse(string OrderId, CardOrderStatus Status, string? MaskedCard, string? CardToken);

    internal sealed record StepRequest(CardStep? Step);

    /// <summary>In the order of <see cref="CardOrderStatus"/>, from its second.</summary>
    internal enum CardStep
    {
        Produce,
        Ready,
        Collect,
    }
}
