using System.Text.Json;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Insurers;

/// <summary>The insurers' contract and desk; docs/partners.md.</summary>
internal static class InsurerEndpoints
{
    public static void AddInsurers(this IServiceCollection services) => services.AddSingleton<InsurerCatalogue>();

    public static void MapInsurers(this IEndpointRouteBuilder app)
    {
        var parties = app.ServiceProvider.GetRequiredService<Parties>();
        foreach (var insurer in app.ServiceProvider.GetRequiredService<InsurerCatalogue>().All)
            parties.Add(insurer.Id, insurer.Name, PartyKind.Insurer, insurer.WebhookSecret);
        var clock = app.ServiceProvider.GetRequiredService<SandboxClock>();
        var schedule = app.ServiceProvider.GetRequiredService<Schedule>();
        var webhooks = app.ServiceProvider.GetRequiredService<WebhookSender>();
        var address = app.MapParties("/insurers", PartyKind.Insurer);
        var contract = address.MapContract();

        contract.MapPost("/offers", (HttpRequest request) => request.ReadAsync<OffersRequest, (string Kind, JsonElement Questions)>(
            (body, faults) => (faults.Code("/kind", body.Kind, 40), Form("/questions", body.Questions, faults)),
            wanted =>
            {
                var (offers, rejection) = request.HttpContext.Insurer().Ask(wanted.Kind, wanted.Questions, clock.Now);
                return Answers.Json(200, new OffersResponse(
                    [.. offers.Select(offer => new OfferResponse(offer.OfferId, offer.Premium, offer.Summary, offer.Details, offer.ValidUntil, offer.Chassis))], rejection));
            }));
        contract.MapPost("/orders", (HttpRequest request) => request.ReadAsync<OrderRequest, OrderRequest>(
            (body, faults) =>
            {
                Form("/questions", body.Questions, faults);
                return body with
                {
                    PurchaseId = faults.Code("/purchaseId", body.PurchaseId, 64),
                    OfferId = faults.Code("/offerId", body.OfferId, 64),
                    Kind = faults.Code("/kind", body.Kind, 40),
                    Premium = Money.ReadPositive("/premium", body.Premium, faults),
                    Email = faults.Text("/email", body.Email, 254),
                };
            },
            wanted => Take(request.HttpContext, wanted)));
        contract.MapGet("/orders/{purchaseId}", (string purchaseId, HttpContext context) =>
            context.Insurer().Find(purchaseId) is { } order ? Answers.Json(200, Shown(context.Insurer(), order)) : Unknown());
        contract.MapPost("/orders/{purchaseId}/cancellation", (string purchaseId, HttpContext context) =>
            Answers.Json(200, Shown(context.Insurer(), context.Insurer().Cancel(purchaseId))));
        contract.MapGet("/orders/{purchaseId}/document", (string purchaseId, HttpContext context) =>
            context.Insurer().Find(purchaseId) is { Status: OrderStatus.Issued } order
                ? Answers.Json(200, new DocumentResponse(Convert.ToBase64String(PolicyPaper.Of(context.Insurer(), order))))
                : Unknown());

        address.MapGet("/orders", (HttpContext context) => Answers.Json(200, new { Orders = context.Insurer().All() }));
        address.MapPost("/orders/{purchaseId}/settlement", (string purchaseId, HttpRequest request) => request.ReadAsync<SettlementRequest, string?>(
            (body, faults) => body.RefuseWith is { } code ? faults.Code("/refuseWith", code, 50) : null,
            code => Settle(request.HttpContext.Insurer(), request.HttpContext.Party(), purchaseId, code) is { } order
                ? Answers.Json(200, order)
                : Answers.Refuse(409, "already_settled", "There is no such pending order.")));

        IResult Take(HttpContext context, OrderRequest wanted)
        {
            var (insurer, party, mood) = (context.Insurer(), context.Party(), Mood.Of(context));
            var (order, isNew) = insurer.Take(wanted, mood.IsPending, mood.RefuseWith);
            if (isNew && order.Status == OrderStatus.Pending && mood.SettleAfter is { } wait)
                schedule.At(clock.Now + wait, _ => Task.FromResult(Settle(insurer, party, order.PurchaseId, mood.RefuseWith)));
            else if (isNew && order.Status == OrderStatus.Issued && party.Knobs.DuplicateAnswers)
                Tell(insurer, party, order);
            return Answers.Json(order.Status switch { OrderStatus.Issued => 201, OrderStatus.Pending => 202, _ => 409 }, Shown(insurer, order));
        }

        OrderResponse? Settle(Insurer insurer, Party party, string purchaseId, string? refuseWith)
        {
            if (insurer.Settle(purchaseId, refuseWith) is not { } settled)
                return null;
            Tell(insurer, party, settled);
            return Shown(insurer, settled);
        }

        void Tell(Insurer insurer, Party party, Order order) =>
            webhooks.Send(party, order.Status == OrderStatus.Issued ? "policy.issued" : "policy.refused", Shown(insurer, order));
    }

    private static Insurer Insurer(this HttpContext context) =>
        context.RequestServices.GetRequiredService<InsurerCatalogue>().All.Single(insurer => insurer.Id == context.Party().Id);

    private static JsonElement Form(string pointer, JsonElement? form, Faults faults)
    {
        if (form is not { ValueKind: JsonValueKind.Object })
            faults.Add(pointer, "Must be an object.");
        return form ?? default;
    }

    private static IResult Unknown() => Answers.Refuse(404, "unknown_order", "The insurer has no such order, or no document of it.");

    private static OrderResponse Shown(Insurer insurer, Order order) => new(
        order.PurchaseId, order.Status,
        order.Status == OrderStatus.Issued ? new PolicyResponse(order.Number!, order.Start, order.End, PolicyPaper.HashOf(PolicyPaper.Of(insurer, order))) : null, order.Code);

    internal sealed record OffersRequest(string? Kind, JsonElement? Questions);

    internal sealed record OffersResponse(IReadOnlyList<OfferResponse> Offers, Rejection? Rejection);

    internal sealed record OfferResponse(string OfferId, Money Premium, string Summary, string Details, DateTimeOffset? ValidUntil, string? Chassis);

    internal sealed record SettlementRequest(string? RefuseWith);

    internal sealed record OrderResponse(string PurchaseId, OrderStatus Status, PolicyResponse? Policy, string? Code);

    internal sealed record PolicyResponse(string Number, DateOnly Start, DateOnly End, string DocumentHash);

    internal sealed record DocumentResponse(string Content);
}
