namespace Serverless.Banking.Credentials;

/// <summary>Sends the code of a login once more, or for the first time where the device was to give it (AUTH-23).</summary>
public sealed class SendLoginCode
{
    private readonly FindLoginChallenge find;
    private readonly SendOneTimeCode send;

    internal SendLoginCode(FindLoginChallenge find, SendOneTimeCode send) => (this.find, this.send) = (find, send);

    /// <returns>Or, first match: <see cref="ChallengeExpired"/>, <see cref="ChallengeCancelled"/>, the errors of <see cref="SendOneTimeCode"/>.</returns>
    public Task<Result<OneTimeCodeSent>> RunAsync(LoginChallengeId id, CancellationToken cancellation) =>
        find.RunAsync(id, cancellation).Then(challenge => send.RunAsync(LoginCodes.RequestFor(challenge), cancellation));
}
