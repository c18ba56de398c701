using NodaTime;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Confirmations;

/// <summary>Seals what was prepared together with what confirming it takes, so that the bank's own facts count later and nobody's else.</summary>
internal sealed class ConfirmableQuotes(SealedQuotes quotes, Exemptions exemptions)
{
    /// <param name="facts">Its operation is the quote's purpose.</param>
    public async Task<SealedQuote<T>> SealAsync<T>(
        CustomerId customer, T content, ConfirmationFacts facts, PayeeStanding standing, CancellationToken cancellation, Duration? lifetime = null) =>
        quotes.Seal(customer, facts.Operation, content, lifetime, await exemptions.DecideAsync(customer, facts, standing, cancellation));
}
