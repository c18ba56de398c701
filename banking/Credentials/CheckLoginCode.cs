using Serverless.Banking.Devices;

namespace Serverless.Banking.Credentials;

/// <summary>Second step of a login: the typed code opens the session (AUTH-02).</summary>
public sealed class CheckLoginCode
{
    private readonly FindLoginChallenge find;
    private readonly CheckOneTimeCode check;
    private readonly CompleteLogin complete;

    internal CheckLoginCode(FindLoginChallenge find, CheckOneTimeCode check, CompleteLogin complete) => (this.find, this.check, this.complete) = (find, check, complete);

    /// <returns>Or, first match: <see cref="ChallengeExpired"/>, the errors of <see cref="CheckOneTimeCode"/>, those of <see cref="CompleteLogin"/>.</returns>
    public async Task<Result<LoginCompleted>> RunAsync(LoginChallengeId id, string code, CancellationToken cancellation)
    {
        var found = await find.RunAsync(id, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var challenge = found.Value;
        var taken = await check.RunAsync(OneTimeCodePurpose.Login, challenge.Binding, code, cancellation);
        var method = challenge.Methods.Contains("pwd", StringComparer.Ordinal) ? LoginMethod.Password : LoginMethod.BiometricsAndCode;

        // The code is used up: whoever hangs up now has still signed in.
        return taken.IsSuccess ? await complete.RunAsync(challenge, ["otp", "sms"], method, CancellationToken.None) : taken.Error;
    }
}
