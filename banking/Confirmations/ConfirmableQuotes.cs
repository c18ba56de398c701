using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Confirmations;

/// <summary>Seals what was prepared together with what confirming it takes, so that the bank's own facts count later and nobody's else.</summary>
internal sealed class ConfirmableQuotes(SealedQuotes quotes, Exemptions exemptions)
{
    /// <param name="facts">Its operation is the quote's purpose.</param>
    public async Task<SealedQuote<T>> SealAsync<T>(
        CustomerId customer, T content, ConfirmationFacts facts, PayeeStanding standing, CancellationToken cancellation, Duration? lifetime = null) =>
        await SealAsync(customer, Task.FromResult(content), facts, standing, cancellation, lifetime);

    /// <param name="content">On its way: whoever waits for it waits for the exemptions meanwhile.</param>
    public async Task<SealedQuote<T>> SealAsync<T>(
        CustomerId customer, Task<T> content, ConfirmationFacts facts, PayeeStanding standing, CancellationToken cancellation, Duration? lifetime = null)
    {
        var demand = await exemptions.DecideAsync(customer, facts, standing, cancellation);
        return quotes.Seal(customer, facts.Operation, await content, lifetime, demand);
    }

    /// <summary>For who knows the amount only from others whom he has to ask: the exemptions' counters are read beside them.</summary>
    /// <remarks>
    /// One storage call, in vain when the amount turns out not to be low. That the counters are a moment older weakens nothing: what they decide here
    /// is what the customer is shown, and they are taken, and compared again, when he confirms.
    /// </remarks>
    public Task<ConfirmationBook> ReadCountersAsync(CustomerId customer, CancellationToken cancellation) => exemptions.ReadCountersAsync(customer, cancellation);

    /// <param name="counters">As just read.</param>
    public SealedQuote<T> Seal<T>(
        CustomerId customer, T content, ConfirmationFacts facts, PayeeStanding standing, ConfirmationBook counters, Duration? lifetime = null) =>
        quotes.Seal(customer, facts.Operation, content, lifetime, exemptions.Decide(facts, standing, counters));
}
