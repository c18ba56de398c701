using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Quotes;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Confirmations;

/// <param name="IsTrusted">One that the customer has authorised: only its signatures count.</param>
/// <param name="Key">The public key of the session's installation as a JWK; null when it has none.</param>
public sealed record ConfirmingDevice(bool IsTrusted, string? Key);

/// <summary>One request that a customer must have confirmed.</summary>
/// <param name="Confirmation">What the request brings: a signature, or a confirmation's id with its code. Null: nothing.</param>
/// <param name="Request">Hash of method, path, body and idempotency key: the same for a retry, another for anything else.</param>
/// <param name="HasKey">It carries an idempotency key, so that repeating it does nothing twice.</param>
public sealed record ConfirmationAttempt(CustomerId Customer, ConfirmingDevice Device, string? Confirmation, string Request, bool HasKey)
{
    /// <summary>The user of eKlik; null elsewhere.</summary>
    public UserName? User { get; init; }
}

/// <summary>Lets a request through when its customer has confirmed exactly that, strongly, or need not (AUTH-29).</summary>
/// <remarks>A signature costs no storage call, save where it starts used-up counters anew, or where neither quote nor key makes the request unique.</remarks>
public sealed class CheckConfirmation
{
    /// <summary>Names of headers, for the errors.</summary>
    public const string ConfirmationField = "Strong-Confirmation";

    public const string ChallengeField = "Confirmation-Challenge";

    private readonly SealedQuotes quotes;
    private readonly Exemptions exemptions;
    private readonly ConfirmationBooks books;
    private readonly IEnumerable<IConfirmationFactor> factors;
    private readonly ConfirmationsOptions options;
    private readonly TimeProvider time;

    internal CheckConfirmation(
        SealedQuotes quotes, Exemptions exemptions, ConfirmationBooks books, IEnumerable<IConfirmationFactor> factors, IOptions<ConfirmationsOptions> options,
        TimeProvider time) =>
        (this.quotes, this.exemptions, this.books, this.factors, this.options, this.time) = (quotes, exemptions, books, factors, options.Value, time);

    /// <summary>For an operation with a quote: the quote carries the facts and what confirming takes.</summary>
    /// <param name="operation">The quote's purpose.</param>
    /// <param name="isMore">The request wants more than was quoted (a payee to be trusted), so that no exemption holds.</param>
    /// <returns>
    /// True: it may go on. False: there is no such quote, which the operation says itself, since a used key counts more. Or, first match:
    /// <see cref="ConfirmationRequired"/>, <see cref="ConfirmationMalformed"/>, <see cref="ConfirmationSignatureWrong"/>, <see cref="ChallengeMismatch"/>,
    /// <see cref="ConfirmationExpired"/>, <see cref="ConfirmationUsed"/>, and those of a code.
    /// </returns>
    public async Task<Result<bool>> OfQuoteAsync(ConfirmationAttempt attempt, string operation, string quote, bool isMore, CancellationToken cancellation)
    {
        var opened = quotes.OpenDemand(attempt.Customer, operation, quote);
        if (!opened.IsSuccess || opened.Value.Demand is not { } demand)
            return false;
        if (attempt.Confirmation is { } confirmation)
            return (await VerifyAsync(attempt, confirmation, opened.Value, demand, mayRepeat: true, cancellation)).Then<bool>(_ => true);
        if (!demand.IsRequired && !isMore)
        {
            // After its end a quote begins nothing: whoever repeats its order gets the answer that he had.
            if (demand.Exemption != Exemption.LowValue || opened.Value.ExpiresAt <= Now
                || await exemptions.TakeLowValueAsync(attempt.Customer, opened.Value.Id, demand.Facts, cancellation))
            {
                return true;
            }
        }

        return Required(attempt, demand.Facts, null);
    }

    /// <summary>For an operation without a quote: the first request is answered with a challenge that only the same request can bring back.</summary>
    /// <param name="facts">The bank's own, made from the request; its operation is no quote's purpose.</param>
    /// <returns>As for a quote, and <see cref="ConfirmationExpired"/> when the challenge is over.</returns>
    public async Task<Result<Nothing>> OfRequestAsync(ConfirmationAttempt attempt, ConfirmationFacts facts, string? challenge, CancellationToken cancellation)
    {
        if (attempt.Confirmation is not { } confirmation)
        {
            var demand = new ConfirmationDemand(facts, null, Now, Request: attempt.Request);
            return Required(attempt, facts, quotes.Seal(attempt.Customer, facts.Operation, "", demand: demand).Text);
        }

        if (challenge is null)
            return new InvalidInput([new ConfirmationMalformed(ChallengeField)]);
        var opened = quotes.OpenDemand(attempt.Customer, facts.Operation, challenge);
        if (!opened.IsSuccess || opened.Value.Demand is not { } asked || asked.Facts != facts || asked.Request != attempt.Request)
            return new ChallengeMismatch();
        return opened.Value.ExpiresAt <= Now
            ? new ConfirmationExpired()
            : await VerifyAsync(attempt, confirmation, opened.Value, asked, attempt.HasKey, cancellation);
    }

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>What a code is bound to: the one text and what it is about.</summary>
    internal static string BindingOf(string challenge, ConfirmationFacts facts) => $"{ConfirmationHash.Of(challenge)}.{facts.Hash()}";

    private Task<Result<Nothing>> VerifyAsync(
        ConfirmationAttempt attempt, string confirmation, OpenedDemand opened, ConfirmationDemand demand, bool mayRepeat, CancellationToken cancellation)
    {
        if (ConfirmationSignature.LooksLike(confirmation))
            return VerifySignatureAsync(attempt, confirmation, opened, demand, mayRepeat, cancellation);
        return factors.FirstOrDefault(one => one.Serves(attempt) && one.Reads(confirmation)) is { } factor
            ? VerifyFactorAsync(attempt, factor, confirmation, opened, demand, mayRepeat, cancellation)
            : Task.FromResult<Result<Nothing>>(new InvalidInput([new ConfirmationMalformed(ConfirmationField)]));
    }

    private async Task<Result<Nothing>> VerifySignatureAsync(
        ConfirmationAttempt attempt, string confirmation, OpenedDemand opened, ConfirmationDemand demand, bool mayRepeat, CancellationToken cancellation)
    {
        if (Refusal(attempt, confirmation, opened, demand) is { } refusal)
            return refusal;
        if (!mayRepeat)
            return await MarkAsync(attempt, opened, mayRepeat, cancellation);
        if (demand.RenewsLowValue && opened.ExpiresAt > Now)
            await exemptions.RenewLowValueAsync(attempt.Customer, cancellation);
        return default(Nothing);
    }

    /// <remarks>The factor is used up, then the request is written down that it let through: killed in between, the customer asks for another code.</remarks>
    private async Task<Result<Nothing>> VerifyFactorAsync(
        ConfirmationAttempt attempt, IConfirmationFactor factor, string confirmation, OpenedDemand opened, ConfirmationDemand demand, bool mayRepeat,
        CancellationToken cancellation)
    {
        if ((await books.ReadAsync(attempt.Customer, cancellation)).Used.FirstOrDefault(one => one.Id == opened.Id) is { } used)
            return mayRepeat && used.Request == attempt.Request ? default(Nothing) : new ConfirmationUsed();

        // After its end a quote begins nothing: whoever repeats its order gets the answer that he had.
        if (opened.ExpiresAt <= Now)
            return default(Nothing);
        var right = await factor.CheckAsync(attempt, confirmation, BindingOf(opened.Text, demand.Facts), demand, cancellation);
        return right.IsSuccess ? await MarkAsync(attempt, opened, mayRepeat, CancellationToken.None) : right;
    }

    private ConfirmationRequired Required(ConfirmationAttempt attempt, ConfirmationFacts facts, string? challenge)
    {
        string[] signature = attempt.Device is { IsTrusted: true, Key: not null } ? ["signature"] : [];
        return new ConfirmationRequired(
            facts.Operation, facts.Amount, facts.Payee, facts.Hash(), challenge, [.. signature, .. factors.Where(factor => factor.Serves(attempt)).Select(factor => factor.Method)]);
    }

    private Error? Refusal(ConfirmationAttempt attempt, string confirmation, OpenedDemand opened, ConfirmationDemand demand)
    {
        if (attempt.Device is not { IsTrusted: true, Key: { } key })
            return Required(attempt, demand.Facts, demand.Request is null ? null : opened.Text);
        if (ConfirmationSignature.Verify(confirmation, key) is not { } signature)
            return new ConfirmationSignatureWrong();
        if (signature.Challenge != ConfirmationHash.Of(opened.Text) || signature.Facts != demand.Facts.Hash())
            return new ChallengeMismatch();

        // Whole seconds on one side, so one second more.
        var (earliest, latest) = (demand.AskedAt - Skew - Duration.FromSeconds(1), Now + Skew);
        return signature.IssuedAt < earliest.ToUnixTimeSeconds() || signature.IssuedAt > latest.ToUnixTimeSeconds() ? new ConfirmationExpired() : null;
    }

    private Duration Skew => Duration.FromTimeSpan(options.ClockSkew);

    /// <returns>Or <see cref="ConfirmationUsed"/>: by another request, or by this one if it may not come again.</returns>
    private async Task<Result<Nothing>> MarkAsync(ConfirmationAttempt attempt, OpenedDemand opened, bool mayRepeat, CancellationToken cancellation)
    {
        var isMarked = await books.ChangeAsync(
            attempt.Customer,
            book => book.Used.FirstOrDefault(one => one.Id == opened.Id) is not { } used
                ? book.With(new UsedChallenge(opened.Id, attempt.Request, opened.ExpiresAt), Now).WithoutLowValue()
                : mayRepeat && used.Request == attempt.Request ? book : null,
            cancellation);
        return isMarked ? default(Nothing) : new ConfirmationUsed();
    }
}
