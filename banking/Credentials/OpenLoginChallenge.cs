using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

/// <param name="Methods">What is proven already: <c>pwd</c>, or <c>hwk</c> for a scan.</param>
public sealed record LoginOpening(CustomerId Customer, SessionChannel Channel, Installation Installation, IReadOnlyList<string> Methods)
{
    public SessionScope Scope { get; init; }

    public bool? RemembersCustomer { get; init; }

    public Place? Place { get; init; }
}

/// <summary>Goes on with a login after its first proof, whichever it was: asks for the code (AUTH-02), which a trusted device may give by itself (AUTH-08).</summary>
public sealed class OpenLoginChallenge
{
    private readonly LoginChallengeTable challenges;
    private readonly SessionTable sessions;
    private readonly FindDevice devices;
    private readonly SendOneTimeCode send;
    private readonly LockoutTable lockouts;

    internal OpenLoginChallenge(LoginChallengeTable challenges, SessionTable sessions, FindDevice devices, SendOneTimeCode send, LockoutTable lockouts) =>
        (this.challenges, this.sessions, this.devices, this.send, this.lockouts) = (challenges, sessions, devices, send, lockouts);

    /// <returns>
    /// Or, first match: <see cref="Channels.ChannelBlocked"/>, <see cref="Channels.ChannelNotVerified"/>, <see cref="Channels.PasswordSignInRequired"/> (all in the app only), the errors of
    /// <see cref="SendOneTimeCode"/>.
    /// </returns>
    public async Task<Result<LoginStarted>> RunAsync(LoginOpening opening, CancellationToken cancellation)
    {
        var channel = await sessions.ChannelAsync(opening.Customer, cancellation);
        if (channel.Refuse(opening.Channel, opening.Methods) is { } refusal)
            return refusal;

        var device = opening.Installation.Type == InstallationType.Web ? null : await devices.RunAsync(opening.Customer, opening.Installation.Id, cancellation);
        var challenge = new LoginChallenge(
            new LoginChallengeId(new Guid(RandomNumberGenerator.GetBytes(16))), opening.Customer, opening.Channel, opening.Scope, opening.Installation, opening.Methods,
            opening.RemembersCustomer, opening.Place, lockouts.Now + Duration.FromMinutes(lockouts.Options.ChallengeMinutes));
        await challenges.AddAsync(challenge, cancellation);
        if (device is { IsTrusted: true, HasSmartOtp: true } && device.Key == DeviceKey.Find(opening.Installation.PublicKeyJwk))
            return new LoginStarted(challenge.Id, LoginNext.SmartOtp, null, challenge.ExpiresAt);
        var sent = await send.RunAsync(LoginCodes.RequestFor(challenge), cancellation);
        return sent.Then(it => new LoginStarted(challenge.Id, LoginNext.Otp, it, challenge.ExpiresAt));
    }
}

internal static class LoginCodes
{
    public static OneTimeCodeRequest RequestFor(LoginChallenge challenge) => new(OneTimeCodePurpose.Login, challenge.Binding, challenge.Customer);
}
