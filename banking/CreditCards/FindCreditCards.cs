using Serverless.Banking.Partners;

namespace Serverless.Banking.CreditCards;

/// <summary>The customer's credit cards, and what they were used for since the last statement. The processor keeps both.</summary>
public sealed class FindCreditCards
{
    private readonly IBankCards cards;
    private readonly CardInstalmentsClient processor;
    private readonly SplitRule rule;

    internal FindCreditCards(IBankCards cards, CardInstalmentsClient processor, SplitRule rule) => (this.cards, this.processor, this.rule) = (cards, processor, rule);

    /// <returns>Or <see cref="CardProcessorUnavailable"/>.</returns>
    public async Task<Result<BankCard[]>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
        (await cards.ListAsync(customer, cancellation)).Then<BankCard[]>(all => all.Where(card => card.Product is not null).ToArray());

    /// <returns>Or, first match: <see cref="CardProcessorUnavailable"/>, <see cref="CreditCardNotFound"/>.</returns>
    public async Task<Result<BankCard>> RunAsync(CustomerId customer, string card, CancellationToken cancellation)
    {
        var all = await ListAsync(customer, cancellation);
        if (!all.IsSuccess)
            return all.Error;
        return all.Value.FirstOrDefault(one => one.Id == card) is { } found ? found : new CreditCardNotFound();
    }

    /// <summary>What the next statement will show (CC-18), newest first.</summary>
    /// <returns>Or, first match: <see cref="CardProcessorUnavailable"/>, <see cref="CreditCardNotFound"/>.</returns>
    public async Task<Result<SeenTransaction[]>> TransactionsAsync(CustomerId customer, string card, CancellationToken cancellation)
    {
        var found = await RunAsync(customer, card, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        await rule.RefreshAsync(cancellation);
        return (await processor.ListAsync(card, cancellation))
            .Then<SeenTransaction[]>(all => all.OrderByDescending(one => one.At).Select(one => new SeenTransaction(one, rule.IsSplittable(one))).ToArray());
    }

    /// <returns>Or, first match: <see cref="CardProcessorUnavailable"/>, <see cref="CreditCardNotFound"/>, <see cref="CardTransactionNotFound"/>.</returns>
    public async Task<Result<SeenTransaction>> TransactionAsync(CustomerId customer, string card, string transaction, CancellationToken cancellation)
    {
        var all = await TransactionsAsync(customer, card, cancellation);
        if (!all.IsSuccess)
            return all.Error;
        return all.Value.FirstOrDefault(one => one.It.Id == transaction) is { } found ? found : new CardTransactionNotFound();
    }
}

/// <param name="IsSplittable">It can be paid in instalments (CC-29).</param>
public sealed record SeenTransaction(CardTransaction It, bool IsSplittable);
