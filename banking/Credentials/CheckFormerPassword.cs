namespace Serverless.Banking.Credentials;

/// <summary>Whether a password is one of the customer's last five, for a recovery by identity document (AUTH-14).</summary>
/// <remarks>Five computations of the hash for everybody, also for who is unknown or has had fewer passwords. Three wrong ones lock like five wrong logins.</remarks>
public sealed class CheckFormerPassword
{
    private readonly Identifiers identifiers;
    private readonly UserTable users;
    private readonly LockoutTable lockouts;
    private readonly IPasswordWork work;

    internal CheckFormerPassword(Identifiers identifiers, UserTable users, LockoutTable lockouts, IPasswordWork work) =>
        (this.identifiers, this.users, this.lockouts, this.work) = (identifiers, users, lockouts, work);

    /// <returns>The customer. Or, first match: <see cref="UserLocked"/>, <see cref="LoginBusy"/>, <see cref="PasswordNotInLastFive"/>.</returns>
    public async Task<Result<CustomerId>> RunAsync(LoginIdentifier identifier, string password, CancellationToken cancellation)
    {
        var (customer, partition) = await identifiers.FindAsync(identifier, cancellation);
        return await RunAsync(customer, partition, password, cancellation);
    }

    internal async Task<Result<CustomerId>> RunAsync(CustomerId? customer, string partition, string password, CancellationToken cancellation)
    {
        var options = lockouts.Options;

        // A blocked user may recover: that is what lifts the block. A time lock holds.
        var reserved = await lockouts.ChangeAsync(
            partition,
            (now, at) => now is { IsBlocked: false, LockedUntil: { } until } && until > at ? new UserLocked(until) : now.ReserveOldPassword(at, options),
            cancellation);
        if (!reserved.IsSuccess)
            return reserved.Error;

        var user = await users.FindAsync(partition, cancellation);
        string?[] hashes = customer is null || user is null ? [] : [.. user.LastFive];
        var isOne = false;
        for (var i = 0; i <= UserRow.FormerAtMost; i++)
        {
            var match = await work.CompareAsync(hashes.ElementAtOrDefault(i), password, cancellation);
            if (!match.IsSuccess)
                return match.Error;
            isOne |= match.Value != PasswordMatch.No;
        }

        if (!isOne)
            return new PasswordNotInLastFive(Math.Max(0, options.OldPasswordTries - reserved.Value.OldPasswordTries));
        await lockouts.ChangeAsync(partition, (now, _) => now with { OldPasswordTries = 0, LockedUntil = reserved.Value.LockedUntil is null ? now.LockedUntil : null }, CancellationToken.None);
        return customer!.Value;
    }
}
