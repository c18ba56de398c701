using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.CardServer;

/// <summary>The card server's contract and desk; docs/partners.md.</summary>
internal static class CardServerEndpoints
{
    public static void AddCardServer(this IServiceCollection services) => services.AddSingleton<CardServerBooks>();

    public static void MapCardServer(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(CardServerBooks.Id, "Card server", PartyKind.CardServer, CardServerBooks.PublicSecret);
        var cards = app.ServiceProvider.GetRequiredService<CardServerBooks>();
        var webhooks = app.ServiceProvider.GetRequiredService<WebhookSender>();
        var address = app.MapParties("/card-servers", PartyKind.CardServer);
        var contract = address.MapContract();

        contract.MapPost("/card-lookups", (HttpRequest request) => request.ReadAsync<LookupRequest, string>(
            (body, faults) => faults.Code("/cardToken", body.CardToken, 64),
            token => cards.Find(token) is { } card ? Answers.Json(200, new { card.Customer, card.MaskedCard }) : Answers.Refuse(404, "unknown_card", "No card has this token.")));
        contract.MapPost("/decisions", (HttpRequest request) => request.ReadAsync<DecisionRequest, (string Id, string Decision)>(
            (body, faults) =>
            {
                if (!CardServerBooks.Decisions.Contains(body.Decision))
                    faults.Add("/decision", $"One of {string.Join(", ", CardServerBooks.Decisions)}.");
                return (faults.Code("/transactionId", body.TransactionId, 64), body.Decision ?? "");
            },
            told => cards.Decide(told.Id, told.Decision) switch
            {
                null => Answers.Refuse(404, "unknown_transaction", "The card server has no such transaction."),
                { } purchase when purchase.Decision != told.Decision => Answers.Refuse(409, "decided_otherwise", $"It was {purchase.Decision}; nothing was changed."),
                { } purchase => Answers.Json(200, new { purchase.TransactionId, purchase.Decision }),
            }));

        address.MapPost("/cards", (HttpRequest request) => request.ReadAsync<CardRequest, Card>(
            (body, faults) => new Card(
                faults.Code("/cardToken", body.CardToken, 64), faults.CustomerNumber("/customer", body.Customer), faults.Text("/maskedCard", body.MaskedCard, 30)),
            card => Answers.Json(201, cards.Add(card))));
        address.MapGet("/purchases", () => Answers.Json(200, new { Purchases = cards.Purchases() }));
        address.MapPost("/purchases", (HttpRequest request) => request.ReadAsync<PurchaseRequest, PurchaseData>(
            (body, faults) => new PurchaseData(
                faults.Code("/transactionId", body.TransactionId, 64), faults.Code("/cardToken", body.CardToken, 64), faults.Text("/merchantName", body.MerchantName, 100),
                body.MerchantCountry ?? "AL", Money.ReadPositive("/amount", body.Amount, faults), faults.Time("/time", body.Time),
                body.ExpiresAt is null ? null : faults.Time("/expiresAt", body.ExpiresAt)),
            purchase =>
            {
                cards.Ask(purchase);
                webhooks.Send(request.HttpContext.Party(), "purchase.authentication_requested", purchase);
                return Answers.Json(202, purchase);
            }));
        address.MapPost("/card-orders", (HttpRequest request) => request.ReadAsync<CardOrderRequest, CardOrder>(
            (body, faults) => new CardOrder(
                faults.Code("/cardOrderId", body.CardOrderId, 64), faults.CustomerNumber("/customer", body.Customer), faults.Text("/maskedCard", body.MaskedCard, 30),
                faults.Text("/branch", body.Branch, 100)),
            order =>
            {
                webhooks.Send(request.HttpContext.Party(), "card.ready", order);
                return Answers.Json(202, order);
            }));
    }

    internal sealed record LookupRequest(string? CardToken);

    internal sealed record DecisionRequest(string? TransactionId, string? Decision);

    internal sealed record CardRequest(string? CardToken, string? Customer, string? MaskedCard);

    internal sealed record PurchaseRequest(
        string? TransactionId, string? CardToken, string? MerchantName, string? MerchantCountry, Money? Amount, string? Time, string? ExpiresAt);

    internal sealed record CardOrderRequest(string? CardOrderId, string? Customer, string? MaskedCard, string? Branch);

    internal sealed record CardOrder(string CardOrderId, string Customer, string MaskedCard, string Branch);
}
