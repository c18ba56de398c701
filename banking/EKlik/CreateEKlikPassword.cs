using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Key">Of the client's request.</param>
/// <param name="Token">What <see cref="ActivateEKlikUser"/> answered.</param>
/// <param name="Field">JSON pointer of the password.</param>
public sealed record EKlikPasswordChoice(IdempotencyKey Key, UserName Name, string Token, string Password, string Field, Installation Installation)
{
    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"password of {Name}";
}

/// <summary>Takes the user's own password after a right activation code, and signs the user in (EKL-03).</summary>
/// <remarks>
/// The session may look only, also that of a user with payment right: no one-time password was shown. The same key again has the same answer while its session is new.
/// </remarks>
public sealed class CreateEKlikPassword
{
    private readonly SetEKlikPassword set;
    private readonly EKlikSessions sessions;
    private readonly KeyedHash hash;

    internal CreateEKlikPassword(SetEKlikPassword set, EKlikSessions sessions, KeyedHash hash) => (this.set, this.sessions, this.hash) = (set, sessions, hash);

    /// <returns>Or, first match: <see cref="InvalidInput"/> with every rule of <see cref="EKlikPasswordRules"/> that is not met, <see cref="EKlikUserBlocked"/>,
    /// <see cref="ActivationOver"/>, <see cref="LoginBusy"/>, <see cref="IdempotencyKeyReused"/>, the errors of <see cref="OpenSession"/>.</returns>
    public async Task<Result<EKlikSignedIn>> RunAsync(EKlikPasswordChoice choice, CancellationToken cancellation)
    {
        var grant = ActivateEKlikUser.HashOf(hash, choice.Name, choice.Token);
        var order = hash.Of("eklik-password", grant, choice.Key.Value);
        var row = await set.RunAsync(
            choice.Name, choice.Password, choice.Field, order, "eklik_activated", (row, now) => Allow(row, grant, now), new ActivationOver(), cancellation);
        return row.IsSuccess ? await sessions.OpenAsync(row.Value, choice.Installation, ["pwd"], false, $"eklik|{order}", CancellationToken.None) : row.Error;
    }

    private static Result<EKlikRow> Allow(EKlikRow row, string grant, Instant now) =>
        row.Grant?.Hash != grant || row.Grant.ExpiresAt <= now ? new ActivationOver()
        : row.Blocking is not null ? new EKlikUserBlocked()
        : row with { Grant = null, Reset = null };
}
