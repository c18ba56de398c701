using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;

namespace Serverless.Functions.Http;

/// <summary>Holds a request against what its customer has confirmed; see <see cref="ConfirmedAttribute"/>.</summary>
public static class Confirmation
{
    public const string Header = CheckConfirmation.ConfirmationField;

    public const string ChallengeHeader = CheckConfirmation.ChallengeField;

    /// <summary>What follows from <c>[Confirmed]</c>, besides faults of the headers.</summary>
    internal static IReadOnlyList<Type> Refusals { get; } =
    [
        typeof(ConfirmationRequired), typeof(ConfirmationMalformed), typeof(ChallengeMismatch), typeof(ConfirmationSignatureWrong), typeof(ConfirmationExpired),
        typeof(ConfirmationUsed), typeof(OtpWrong), typeof(OtpExpired), typeof(ChallengeCancelled), typeof(TokenOtpWrong), typeof(TokenOtpOld), typeof(TokenBlocked), typeof(NoTokenYet),
    ];

    /// <summary>Lets the request go on when its customer has confirmed these facts for exactly this request; after its body was read.</summary>
    /// <param name="facts">The bank's own, not the client's. The operation is the declared one.</param>
    /// <returns>Or as <see cref="CheckConfirmation.OfRequestAsync"/>: <see cref="ConfirmationRequired"/> carries the challenge.</returns>
    /// <exception cref="InvalidOperationException">The function does not declare <c>[Confirmed]</c> with this operation.</exception>
    public static async Task<Result<Nothing>> Confirm(this HttpRequest request, ConfirmationFacts facts)
    {
        var call = Call.Of(request);
        if (call.Declaration.Confirmed?.Operation != facts.Operation)
            throw new InvalidOperationException($"{call.Declaration.Name} does not declare [Confirmed(\"{facts.Operation}\")].");
        call.IsConfirmed = true;
        var attempt = AttemptOf(request, call);
        return attempt.IsSuccess
            ? await Check(request).OfRequestAsync(attempt.Value, facts, Single(request, ChallengeHeader), request.HttpContext.RequestAborted)
            : attempt.Error;
    }

    /// <summary>The same in the middle of a function: the value goes on.</summary>
    public static Task<Result<T>> Confirm<T>(this Task<Result<T>> task, HttpRequest request, Func<T, ConfirmationFacts> facts) =>
        task.Then(async value => (await request.Confirm(facts(value))).Then<T>(_ => value));

    /// <summary>Called when a body is read that names a quote.</summary>
    internal static async Task<Result<T>> ConfirmQuoteAsync<T>(HttpRequest request, Call call, T body) where T : class
    {
        if (call.Declaration.Confirmed is not { } declared || body is not IConfirmsQuote order)
            return body;
        var attempt = AttemptOf(request, call);
        if (!attempt.IsSuccess)
            return attempt.Error;
        var confirmed = await Check(request).OfQuoteAsync(
            attempt.Value, declared.Operation, order.QuoteId, order.WantsMore(), request.HttpContext.RequestAborted);
        call.IsConfirmed = confirmed is { IsSuccess: true, Value: true };
        return confirmed.Then<T>(_ => body);
    }

    private static CheckConfirmation Check(HttpRequest request) => request.HttpContext.RequestServices.GetRequiredService<CheckConfirmation>();

    private static Result<ConfirmationAttempt> AttemptOf(HttpRequest request, Call call)
    {
        if (request.Headers[Header].Count > 1 || request.Headers[ChallengeHeader].Count > 1)
            return new InvalidInput([new ConfirmationMalformed(request.Headers[Header].Count > 1 ? Header : ChallengeHeader)]);
        var caller = request.CustomerCaller();
        return new ConfirmationAttempt(
            caller.Id, new ConfirmingDevice(caller.DeviceTrusted, caller.InstallationKey), Single(request, Header),
            ConfirmationHash.Of($"{request.BodyHash()}\n{call.IdempotencyKey?.Value}"), call.IdempotencyKey is not null)
        {
            User = caller.User,
        };
    }

    private static string? Single(HttpRequest request, string header) => request.Headers[header] is [{ Length: > 0 } value] ? value : null;
}
