using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class IssueChallengeFunction(DeviceChallenges challenges)
{
    [Function("Devices_IssueChallenge")]
    [Access(Right.Public)]
    [NoAddressLimit("A nonce costs no storage and tells nothing about anybody.")]
    [Summary("Gives a nonce for an installation to sign.", Details = "Whoever asks, for whichever installation, gets one: it says nothing about anybody. It is good for one purpose, once, for two minutes.")]
    [Body<ChallengeRequest>]
    [Answers<ChallengeResponse>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/devices/challenges")] HttpRequest request) =>
        request.ReadBody<ChallengeRequest>()
            .Then(body => ChallengeResponse.From(challenges.Issue(InstallationId.Of(body.InstallationId), body.For())))
            .Respond(challenge => TypedResults.Ok(challenge));
}

/// <summary>What a nonce is asked for; the one for trust by document is given after the password.</summary>
public enum ChallengePurpose
{
    BiometricLogin,
    SmartOtp,
    SmartPayLogin,
    SoftPin,
    Remembered,
    Trust,
    EnableBiometrics,
    ChangePassword,
    TrustedCall,
}

public sealed record ChallengeRequest([property: Pattern(InstallationId.Pattern), Example("3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string InstallationId, ChallengePurpose Purpose)
{
    internal DevicePurpose For() => Enum.Parse<DevicePurpose>(Purpose.ToString());
}

public sealed record ChallengeResponse([property: Description("To be signed as it is.")] string Nonce, Instant ExpiresAt)
{
    internal static ChallengeResponse From(DeviceChallenge challenge) => new(challenge.Nonce, challenge.ExpiresAt);
}
