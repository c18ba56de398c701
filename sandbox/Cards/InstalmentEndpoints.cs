using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Cards;

/// <summary>Transactions of credit cards and their instalments at the processor; docs/partners.md.</summary>
internal static class InstalmentEndpoints
{
    /// <param name="address">The processor's.</param>
    public static void MapInstalments(this IEndpointRouteBuilder address, IEndpointRouteBuilder contract)
    {
        var books = address.ServiceProvider.GetRequiredService<InstalmentBooks>();
        var clock = address.ServiceProvider.GetRequiredService<SandboxClock>();
        contract.MapGet("/cards/{cardId}/transactions", (string cardId) => Answers.Json(200, new
        {
            Transactions = books.Find(cardId).Select(one => new { one.TransactionId, one.Type, one.State, one.Amount, one.Merchant, one.At, PlanId = books.PlanIdOf(one.TransactionId) }),
        }));
        contract.MapGet("/transactions/{transactionId}/instalment-offers", (string transactionId) =>
            books.FindTransaction(transactionId) is not { } transaction ? Unknown("transaction")
            : books.Offer(transaction) is { } offers ? Answers.Json(200, new { Offers = offers })
            : Answers.Refuse(409, "not_splittable", "Only a completed purchase of the next statement that was not split can be."));
        contract.MapPost("/instalment-plans", (HttpRequest request) => request.ReadAsync<SplitRequest, (string Plan, string Transaction, string Offer)>(
            (body, faults) => (faults.Code("/planId", body.PlanId, 64), faults.Code("/transactionId", body.TransactionId, 64), faults.Code("/offerId", body.OfferId, 100)),
            wanted => books.FindTransaction(wanted.Transaction) is not { } transaction ? Unknown("transaction")
                : books.Split(wanted.Plan, transaction, wanted.Offer) switch
                {
                    ({ } plan, var isNew, _) => Answers.Json(isNew ? 201 : 200, Shown(plan)),
                    (_, _, var refusal) => Answers.Refuse(409, refusal!, "Nothing was changed."),
                }));
        contract.MapGet("/instalment-plans/{planId}", (string planId) => books.FindPlan(planId) is { } plan ? Answers.Json(200, Shown(plan)) : Unknown("plan"));
        contract.MapPost("/instalment-plans/{planId}/closings", (string planId, HttpRequest request) => request.ReadAsync<ClosingRequest, string>(
            (body, faults) => faults.Code("/closingId", body.ClosingId, 64),
            closing => books.FindPlan(planId) is not { } plan ? Unknown("plan")
                : books.Close(plan, closing) is { } closed ? Answers.Json(200, Shown(closed))
                : Answers.Refuse(409, "plan_closed", "The plan has been closed; nothing was changed.")));

        address.MapPost("/cards/{cardId}/transactions", (string cardId, HttpRequest request) => request.ReadAsync<TransactionRequest, CardTransaction>(
            (body, faults) => new CardTransaction(
                faults.Code("/transactionId", body.TransactionId, 64), cardId, body.Type ?? CardTransactionType.Purchase, body.State ?? CardTransactionState.Completed,
                Money.ReadPositive("/amount", body.Amount, faults), faults.Text("/merchant", body.Merchant, 100), clock.Now,
                body.Of is null ? null : faults.Code("/of", body.Of, 64)),
            transaction =>
            {
                books.Put(transaction);
                return Answers.Json(201, new { transaction.TransactionId });
            }));
        address.MapPost("/cards/{cardId}/statements", (string cardId) =>
        {
            books.Cut(cardId);
            return Results.NoContent();
        });
    }

    private static IResult Unknown(string what) => Answers.Refuse(404, $"unknown_{what}", $"The processor has no such {what}.");

    private static object Shown(InstalmentPlan plan) => new
    {
        plan.PlanId,
        plan.CardId,
        plan.TransactionId,
        plan.Status,
        plan.Total,
        plan.RemainingPrincipal,
        plan.ClosingFee,
        plan.Instalments,
    };

    internal sealed record SplitRequest(string? PlanId, string? TransactionId, string? OfferId);

    internal sealed record ClosingRequest(string? ClosingId);

    internal sealed record TransactionRequest(string? TransactionId, CardTransactionType? Type, CardTransactionState? State, Money? Amount, string? Merchant, string? Of);
}
