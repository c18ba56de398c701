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
}
