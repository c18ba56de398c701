using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Quotes;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Confirmations;

/// <param name="Facts">What the code confirms, as its message says.</param>
public sealed record ConfirmationSent(OneTimeCodeSent Code, ConfirmationFacts Facts);

/// <summary>Sends the code that confirms a quote or a challenge: its message says what for, and it is good for nothing else (AUTH-29).</summary>
public sealed class SendConfirmationCode
{
    private readonly SealedQuotes quotes;
    private readonly SendOneTimeCode send;
    private readonly TimeProvider time;

    internal SendConfirmationCode(SealedQuotes quotes, SendOneTimeCode send, TimeProvider time) => (this.quotes, this.send, this.time) = (quotes, send, time);

    /// <param name="operation">As the facts name it.</param>
    /// <param name="challenge">The quote's id, or the challenge of an operation without a quote.</param>
    /// <param name="user">Of eKlik, whose factor is a token; null for everybody else.</param>
    /// <returns>Or, first match: <see cref="ConfirmedByToken"/>, <see cref="ChallengeNotFound"/>, <see cref="ConfirmationExpired"/>, and those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<ConfirmationSent>> RunAsync(
        CustomerId customer, UserName? user, string operation, string challenge, Language language, CancellationToken cancellation)
    {
        if (user is not null)
            return new ConfirmedByToken();
        var opened = quotes.OpenDemand(customer, operation, challenge);
        if (!opened.IsSuccess || opened.Value.Demand is not { } demand)
            return new ChallengeNotFound();
        if (opened.Value.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()))
            return new ConfirmationExpired();

        var facts = demand.Facts;
        var request = new OneTimeCodeRequest(
            OneTimeCodeFactor.PurposeOf(facts), OneTimeCodeFactor.BindingOf(customer, CheckConfirmation.BindingOf(challenge, facts)), customer, Language: language)
        {
            Facts = facts.Amount is { } amount
                ? new Dictionary<string, string> { ["amount"] = $"{amount.ToDecimalString()} {amount.Currency.Code}", ["payee"] = facts.Payee ?? "" }
                : new Dictionary<string, string>(),
        };
        return (await send.RunAsync(request, cancellation)).Then<ConfirmationSent>(sent => new ConfirmationSent(sent, facts));
    }
}
