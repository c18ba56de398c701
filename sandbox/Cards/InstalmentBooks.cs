using System.Globalization;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;

namespace Serverless.Sandbox.Cards;

/// <summary>What credit cards were used for since their last statement, and purchases that were split into instalments. Every method is one step under one lock.</summary>
internal sealed class InstalmentBooks(SandboxClock clock)
{
    private static readonly TimeSpan OfferLife = TimeSpan.FromMinutes(15);

    /// <summary>Instalments, and commission in percent of the purchase.</summary>
    private static readonly (int Count, decimal Percent)[] Terms = [(3, 1m), (6, 2m), (12, 4m)];

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, CardTransaction> transactions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstalmentPlan> plans = new(StringComparer.Ordinal);

    /// <summary>Of the next statement, oldest first.</summary>
    public IReadOnlyList<CardTransaction> Find(string cardId)
    {
        lock (gate)
        {
            return [.. transactions.Values.Where(one => one.CardId == cardId && !one.IsCut)];
        }
    }

    public CardTransaction? FindTransaction(string transactionId)
    {
        lock (gate)
        {
            return transactions.GetValueOrDefault(transactionId);
        }
    }

    /// <summary>Used, drawn by the merchant, paid back: adds or replaces. A purchase that is paid back closes its plan.</summary>
    public void Put(CardTransaction transaction)
    {
        lock (gate)
        {
            transactions[transaction.TransactionId] = transaction;
            if (transaction.Type == CardTransactionType.Refund && transaction.Of is { } purchase && PlanOf(purchase) is { } plan)
                plans[plan.PlanId] = plan with { Status = InstalmentPlanStatus.Closed };
        }
    }

    /// <summary>The statement is made: what stands in it can be split no longer.</summary>
    public void Cut(string cardId)
    {
        lock (gate)
        {
            foreach (var one in transactions.Values.Where(one => one.CardId == cardId).ToArray())
                transactions[one.TransactionId] = one with { IsCut = true };
        }
    }

    /// <returns>Null when it cannot be split.</returns>
    public IReadOnlyList<InstalmentOffer>? Offer(CardTransaction transaction)
    {
        lock (gate)
        {
            return IsSplittable(transaction) ? [.. Terms.Select(terms => OfferOf(transaction, terms.Count, clock.Now))] : null;
        }
    }

    /// <returns>The plan, and whether it is new; or why not.</returns>
    public (InstalmentPlan? Plan, bool IsNew, string? Refusal) Split(string planId, CardTransaction transaction, string offerId)
    {
        lock (gate)
        {
            if (plans.TryGetValue(planId, out var known))
                return known.TransactionId == transaction.TransactionId ? (known, false, null) : (null, false, "plan_id_reused");
            if (PlanOf(transaction.TransactionId) is not null)
                return (null, false, "already_split");
            if (transaction.IsCut)
                return (null, false, "statement_cut");
            if (!IsSplittable(transaction))
                return (null, false, "not_splittable");
            if (offerId.Split('_') is not [var of, var count, var made] || of != transaction.TransactionId
                || !long.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var instalments)
                || DateTimeOffset.FromUnixTimeSeconds(at) + OfferLife <= clock.Now)
                return (null, false, "offer_expired");
            var offer = OfferOf(transaction, instalments, DateTimeOffset.FromUnixTimeSeconds(at));
            return (plans[planId] = PlanOf(planId, transaction, offer), true, null);
        }
    }

    public InstalmentPlan? FindPlan(string planId)
    {
        lock (gate)
        {
            return plans.GetValueOrDefault(planId);
        }
    }

    /// <summary>What is left falls due in the next statement. The same closing again has the same answer.</summary>
    /// <returns>Null when the plan was closed otherwise.</returns>
    public InstalmentPlan? Close(InstalmentPlan plan, string closingId)
    {
        lock (gate)
        {
            var now = plans[plan.PlanId];
            return now.ClosingId == closingId ? now
                : now.Status == InstalmentPlanStatus.Active ? plans[plan.PlanId] = now with { Status = InstalmentPlanStatus.Closed, ClosingId = closingId }
                : null;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            transactions.Clear();
            plans.Clear();
        }
    }

    public string? PlanIdOf(string transactionId)
    {
        lock (gate)
        {
            return PlanOf(transactionId)?.PlanId;
        }
    }

    private InstalmentPlan? PlanOf(string transactionId) => plans.Values.FirstOrDefault(plan => plan.TransactionId == transactionId);

    private bool IsSplittable(CardTransaction one) =>
        one is { Type: CardTransactionType.Purchase, State: CardTransactionState.Completed, IsCut: false } && PlanOf(one.TransactionId) is null;

    private static InstalmentOffer OfferOf(CardTransaction transaction, int count, DateTimeOffset at)
    {
        var amount = Number(transaction.Amount);
        var commission = Math.Ceiling(amount * Terms.First(terms => terms.Count == count).Percent) / 100;
        var total = amount + commission;
        var first = new DateOnly(at.UtcDateTime.Year, at.UtcDateTime.Month, 1).AddMonths(1);
        return new InstalmentOffer(
            $"{transaction.TransactionId}_{count}_{at.ToUnixTimeSeconds()}", count, Text(Math.Ceiling(total / count * 100) / 100, transaction), Text(commission, transaction),
            Text(total, transaction), first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) + OfferLife);
    }

    /// <summary>Equal ones; the last one is what is left.</summary>
    private static InstalmentPlan PlanOf(string planId, CardTransaction transaction, InstalmentOffer offer)
    {
        var (total, each) = (Number(offer.Total), Number(offer.InstalmentAmount));
        var first = DateOnly.Parse(offer.FirstDate, CultureInfo.InvariantCulture);
        Instalment[] instalments =
        [
            .. Enumerable.Range(1, offer.Instalments).Select(number => new Instalment(
                number, first.AddMonths(number - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Text(number < offer.Instalments ? each : total - (each * (offer.Instalments - 1)), transaction))),
        ];
        return new InstalmentPlan(
            planId, transaction.CardId, transaction.TransactionId, InstalmentPlanStatus.Active, offer.Total, transaction.Amount, Text(0, transaction), instalments, null);
    }

    private static decimal Number(Money money) => decimal.Parse(money.Amount, CultureInfo.InvariantCulture);

    private static Money Text(decimal amount, CardTransaction of) => new(amount.ToString("0.00", CultureInfo.InvariantCulture), of.Amount.Currency);
}

/// <param name="Of">Of a refund: the purchase.</param>
/// <param name="IsCut">It stands in a statement.</param>
internal sealed record CardTransaction(
    string TransactionId, string CardId, CardTransactionType Type, CardTransactionState State, Money Amount, string Merchant, DateTimeOffset At, string? Of = null, bool IsCut = false);

internal enum CardTransactionType
{
    Purchase,
    CashAdvance,
    Fee,
    Refund,
}

internal enum CardTransactionState
{
    Pending,
    Completed,
}

internal sealed record InstalmentOffer(
    string OfferId, int Instalments, Money InstalmentAmount, Money Commission, Money Total, string FirstDate, DateTimeOffset ExpiresAt);

/// <param name="RemainingPrincipal">Of the purchase, not yet in a statement.</param>
/// <param name="ClosingFee">What closing it now costs.</param>
internal sealed record InstalmentPlan(
    string PlanId, string CardId, string TransactionId, InstalmentPlanStatus Status, Money Total, Money RemainingPrincipal, Money ClosingFee, IReadOnlyList<Instalment> Instalments,
    string? ClosingId);

internal sealed record Instalment(int Number, string Date, Money Amount);

internal enum InstalmentPlanStatus
{
    Active,
    Closed,
}
