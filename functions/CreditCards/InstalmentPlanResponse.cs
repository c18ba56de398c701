using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed record InstalmentPlanResponse(
    Guid Id,
    [property: Example("card-0001")] string CardId,
    [property: Example("txn-0001")] string TransactionId,
    [property: Description("Of the purchase."), Example("Neptun")] string Merchant,
    InstalmentPlanState State,
    Money Total,
    [property: Description("Of the purchase, not yet in a statement.")] Money RemainingPrincipal,
    IReadOnlyList<InstalmentResponse> Instalments)
{
    public static InstalmentPlanResponse From(SeenPlan seen) => new(
        seen.It.Id, seen.It.Card, seen.It.Transaction, seen.Merchant, seen.It.IsActive ? InstalmentPlanState.Active : InstalmentPlanState.Closed, seen.It.Total,
        seen.It.RemainingPrincipal, [.. seen.It.Instalments.Select(one => new InstalmentResponse(one.Number, one.Date, one.Amount))]);
}

public sealed record InstalmentResponse([property: Example("1")] int Number, LocalDate Date, Money Amount);

public enum InstalmentPlanState
{
    Active,

    /// <summary>Early, by the customer or because the purchase was paid back.</summary>
    Closed,
}
