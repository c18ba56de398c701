using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

/// <param name="ChallengeId">Names the login in its further steps.</param>
/// <param name="Next">otp: type the code; smart_otp: the trusted device signs, or asks for a code.</param>
/// <param name="Code">Null while none was sent.</param>
public sealed record LoginStartedResponse(LoginChallengeId ChallengeId, LoginNext Next, SentCodeResponse? Code, Instant ExpiresAt)
{
    public static LoginStartedResponse From(LoginStarted started) =>
        new(started.Id, started.Next, started.Sent is { } sent ? SentCodeResponse.From(sent) : null, started.ExpiresAt);
}

[Description("A code that was sent, without the code.")]
public sealed record SentCodeResponse(
    [property: Description("Where it went, masked."), Example("+355…001")] string SentTo,
    [property: Description("Two minutes after it was sent.")] Instant ExpiresAt,
    [property: Description("From then on another one can be asked for; it cancels this one.")] Instant ResendAfter)
{
    public static SentCodeResponse From(OneTimeCodeSent sent) => new(sent.MaskedTarget, sent.ExpiresAt, sent.ResendAfter);
}

public sealed record CodeRequest([property: Pattern("[0-9]{6}"), Example("048213")] string Code);
