using System.Buffers.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Token">Shown with the password; whoever has it chooses the password.</param>
public sealed record EKlikActivation(UserName Name, string Token, Instant ExpiresAt)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"activation of {Name}";
}

/// <summary>Takes a user's name and activation code; the password comes next (EKL-02).</summary>
/// <remarks>
/// One write: the try, or the code's use together with what follows it. So of many who try a code at once one gets in, and a guess is counted before it is answered. The same
/// key again has the same answer until the password is chosen.
/// </remarks>
public sealed class ActivateEKlikUser
{
    private readonly EKlikTable table;
    private readonly CodeDeliveries deliveries;
    private readonly KeyedHash hash;
    private readonly EKlikOptions options;

    internal ActivateEKlikUser(EKlikTable table, CodeDeliveries deliveries, KeyedHash hash, IOptions<EKlikOptions> options) =>
        (this.table, this.deliveries, this.hash, this.options) = (table, deliveries, hash, options.Value);

    /// <param name="key">Of the client's request.</param>
    /// <returns>Or, first match: <see cref="EKlikUserBlocked"/>, <see cref="ActivationRefused"/>, <see cref="ActivationCodeUsed"/>, <see cref="ActivationCodeExpired"/>.</returns>
    public Task<Result<EKlikActivation>> RunAsync(UserName name, string code, IdempotencyKey key, CancellationToken cancellation)
    {
        var token = Base64Url.EncodeToString(hash.Bytes("eklik-activation-token", name.Value, UniqueCodes.Normal(code), key.Value));
        var grant = HashOf(hash, name, token);
        return table.DecideAsync(
            name, "activation", options.Tries, false, (row, now) => Decide(row, code, token, grant, now),
            tries => tries < options.Tries ? new ActivationRefused(options.Tries - tries) : new EKlikUserBlocked(), cancellation);
    }

    internal static string HashOf(KeyedHash hash, UserName name, string token) => hash.Of("eklik-activation-grant", name.Value, token);

    private EKlikDecision<EKlikActivation> Decide(EKlikRow row, string code, string token, string grant, Instant now)
    {
        if (row.Blocking == EKlikBlocking.WrongActivationCodes)
            return new(row, new EKlikUserBlocked());
        if (!deliveries.Matches(row, code))
            return Wrong(row, now);
        if (row.Blocking is not null)
            return new(row, new EKlikUserBlocked());
        var issued = row.Activation!;
        if (issued.UsedBy is { } by)
            return by == grant && row.Grant is { } open && open.ExpiresAt > now ? new(row, new EKlikActivation(row.UserName, token, open.ExpiresAt)) : new(row, new ActivationCodeUsed());
        if (issued.ExpiresAt <= now)
            return new(row, new ActivationCodeExpired());
        var until = now + Duration.FromMinutes(options.PasswordMinutes);
        return new(
            row with { Activation = issued with { UsedBy = grant, Tries = 0 }, Grant = new ActivationGrant(grant, until) }, new EKlikActivation(row.UserName, token, until));
    }

    /// <summary>A code that was tried too often is good no more, also when the user is let in again.</summary>
    private EKlikDecision<EKlikActivation> Wrong(EKlikRow row, Instant now)
    {
        var issued = row.Activation!;
        var tries = issued.Tries + 1;
        return tries < options.Tries
            ? new(row with { Activation = issued with { Tries = tries } }, new ActivationRefused(options.Tries - tries))
            : new(row.Block(row.Blocking ?? EKlikBlocking.WrongActivationCodes, now) with { Activation = issued with { Tries = 0, Hash = "" } }, new EKlikUserBlocked());
    }
}
