using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Partners;

/// <summary>Purchases by credit card and their instalments at the processor, over the contract in docs/partners.md.</summary>
internal sealed class CardInstalmentsClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CardInstalmentsClient> log)
{
    private readonly PartnerCalls calls = new(http, "cards", options.Value.CardProcessor, log);

    /// <returns>What stands in the next statement. Or <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<CardTransaction[]>> ListAsync(string card, CancellationToken cancellation)
    {
        var (status, found) = await calls.GetAsync<TransactionList>($"cards/{card}/transactions", cancellation);
        return status == HttpStatusCode.OK && found?.Transactions is { } all ? all.Select(one => one.ToTransaction()).OfType<CardTransaction>().ToArray() : new CardProcessorUnavailable();
    }

    /// <returns>Or <see cref="NotSplittable"/>, <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<InstalmentOffer[]>> OffersAsync(string transaction, CancellationToken cancellation)
    {
        var (status, found) = await calls.GetAsync<OfferList>($"transactions/{transaction}/instalment-offers", cancellation);
        return status switch
        {
            HttpStatusCode.OK when found?.Offers is { } all => all.Select(one => one.ToOffer()).OfType<InstalmentOffer>().ToArray(),
            HttpStatusCode.Conflict or HttpStatusCode.NotFound => new NotSplittable(),
            _ => new CardProcessorUnavailable(),
        };
    }

    /// <summary>The same plan again is the same one.</summary>
    /// <returns>Or <see cref="AlreadySplitPurchase"/>, <see cref="StatementCut"/>, <see cref="NotSplittable"/>, <see cref="InstalmentOfferExpired"/>, <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<InstalmentPlan>> SplitAsync(Guid plan, string transaction, string offer, CancellationToken cancellation) => ToPlan(
        await calls.PostAsync<PlanAnswer>("instalment-plans", new { planId = plan.ToString("N"), transactionId = transaction, offerId = offer }, cancellation, readsConflict: true));

    /// <returns>Null when the processor has none. Or <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<InstalmentPlan?>> FindAsync(Guid plan, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync<PlanAnswer>($"instalment-plans/{plan:N}", cancellation);
        return answer.Status == HttpStatusCode.NotFound ? (InstalmentPlan?)null : ToPlan(answer).Then<InstalmentPlan?>(found => found);
    }

    /// <summary>The same closing again has the same answer.</summary>
    /// <returns>Or <see cref="PlanClosed"/>, <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<InstalmentPlan>> CloseAsync(Guid plan, Guid closing, CancellationToken cancellation) =>
        ToPlan(await calls.PostAsync<PlanAnswer>($"instalment-plans/{plan:N}/closings", new { closingId = closing.ToString("N") }, cancellation, readsConflict: true));

    private static Result<InstalmentPlan> ToPlan((HttpStatusCode? Status, PlanAnswer? Body) answer) => answer switch
    {
        (HttpStatusCode.OK or HttpStatusCode.Created, { } body) when body.ToPlan() is { } plan => plan,
        (HttpStatusCode.Conflict, { Code: "already_split" }) => new AlreadySplitPurchase(),
        (HttpStatusCode.Conflict, { Code: "statement_cut" }) => new StatementCut(),
        (HttpStatusCode.Conflict, { Code: "not_splittable" }) => new NotSplittable(),
        (HttpStatusCode.Conflict, { Code: "offer_expired" }) => new InstalmentOfferExpired(),
        (HttpStatusCode.Conflict, { Code: "plan_closed" }) => new PlanClosed(),
        _ => new CardProcessorUnavailable(),
    };

    private static LocalDate? Date(string? text) => text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } ? date : null;

    private static Instant? Moment(DateTimeOffset? at) => at is { } moment ? Instant.FromDateTimeOffset(moment) : null;

    private sealed record AmountText(string? Amount, string? Currency)
    {
        public Money? ToMoney() => Amount is { } amount && Banking.Currency.Find(Currency) is { } currency ? Money.Find(amount, currency) : null;
    }

    private sealed record TransactionList(IReadOnlyList<TransactionAnswer>? Transactions);

    private sealed record TransactionAnswer(string? TransactionId, string? Type, string? State, AmountText? Amount, string? Merchant, DateTimeOffset? At, string? PlanId)
    {
        public CardTransaction? ToTransaction() =>
            TransactionId is { Length: > 0 and <= 64 } id && TypeOf(Type) is { } type && State is "pending" or "completed" && Amount?.ToMoney() is { } amount && Moment(At) is { } at
                ? new CardTransaction(id, type, State == "completed", amount, Merchant ?? "", at, Guid.TryParseExact(PlanId, "N", out var plan) ? plan : null)
                : null;

        private static CardTransactionType? TypeOf(string? type) => type switch
        {
            "purchase" => CardTransactionType.Purchase,
            "cashAdvance" => CardTransactionType.CashAdvance,
            "fee" => CardTransactionType.Fee,
            "refund" => CardTransactionType.Refund,
            _ => null,
        };
    }

    private sealed record OfferList(IReadOnlyList<OfferAnswer>? Offers);

    private sealed record OfferAnswer(
        string? OfferId, int? Instalments, AmountText? InstalmentAmount, AmountText? Commission, AmountText? Total, string? FirstDate, DateTimeOffset? ExpiresAt)
    {
        public InstalmentOffer? ToOffer() =>
            OfferId is { Length: > 0 and <= 100 } id && Instalments is > 0 and <= 120 && InstalmentAmount?.ToMoney() is { } each && Commission?.ToMoney() is { } commission
            && Total?.ToMoney() is { } total && Date(FirstDate) is { } first && Moment(ExpiresAt) is { } end
                ? new InstalmentOffer(id, Instalments.Value, each, commission, total, first, end)
                : null;
    }

    private sealed record PlanAnswer(
        string? Code, string? PlanId, string? CardId, string? TransactionId, string? Status, AmountText? Total, AmountText? RemainingPrincipal, AmountText? ClosingFee,
        IReadOnlyList<InstalmentAnswer>? Instalments)
    {
        public InstalmentPlan? ToPlan() =>
            Guid.TryParseExact(PlanId, "N", out var id) && CardId is { } card && TransactionId is { } transaction && Status is "active" or "closed"
            && Total?.ToMoney() is { } total && RemainingPrincipal?.ToMoney() is { } remaining && ClosingFee?.ToMoney() is { } fee && Instalments is { } all
                ? new InstalmentPlan(id, card, transaction, Status == "active", total, remaining, fee, [.. all.Select(one => one.ToInstalment()).OfType<Instalment>()])
                : null;
    }

    private sealed record InstalmentAnswer(int? Number, string? Date, AmountText? Amount)
    {
        public Instalment? ToInstalment() =>
            Number is { } number && CardInstalmentsClient.Date(Date) is { } date && Amount?.ToMoney() is { } amount ? new Instalment(number, date, amount) : null;
    }
}
