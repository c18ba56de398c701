using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Credentials;

/// <summary>Checks a password and counts wrong ones (AUTH-22).</summary>
/// <remarks>
/// The try is written before the password is looked at, and taken back when it was right: parallel guesses get no more tries than others, on however many
/// instances. Unknown users, clients who are not registered and registered ones cost the same storage calls and exactly one computation of the hash; while a
/// login is locked nothing is computed for anybody.
/// </remarks>
public sealed class VerifyPassword
{
    private readonly Identifiers identifiers;
    private readonly UserTable users;
    private readonly LockoutTable lockouts;
    private readonly IPasswordWork work;
    private readonly BankMetrics metrics;

    internal VerifyPassword(Identifiers identifiers, UserTable users, LockoutTable lockouts, IPasswordWork work, BankMetrics metrics) =>
        (this.identifiers, this.users, this.lockouts, this.work, this.metrics) = (identifiers, users, lockouts, work, metrics);

    /// <summary>At the login.</summary>
    /// <returns>Who it is. Or, first match: <see cref="UserBlocked"/>, <see cref="UserLocked"/>, <see cref="LoginBusy"/>, <see cref="InvalidCredentials"/>.</returns>
    public async Task<Result<User>> RunAsync(LoginIdentifier identifier, string password, CancellationToken cancellation)
    {
        var (customer, partition) = await identifiers.FindAsync(identifier, cancellation);
        var verified = await RunAsync(customer, partition, password, left => new InvalidCredentials(left), cancellation);
        if (!verified.IsSuccess)
            metrics.Login("password", verified.Error);
        return verified;
    }

    /// <summary>Once more within a session, before something that needs it.</summary>
    /// <returns>Or, first match: <see cref="UserBlocked"/>, <see cref="UserLocked"/>, <see cref="LoginBusy"/>, <see cref="WrongPassword"/>.</returns>
    public Task<Result<User>> RunAsync(CustomerId customer, string password, CancellationToken cancellation) =>
        RunAsync(customer, CredentialKeys.Partition(customer), password, left => new WrongPassword(left), cancellation);

    private async Task<Result<User>> RunAsync(CustomerId? customer, string partition, string password, Func<int, Error> wrong, CancellationToken cancellation)
    {
        var options = lockouts.Options;
        var reserving = lockouts.ChangeAsync(
            partition, (now, at) => now.Refuse(at) is { } refusal ? refusal : now.ReservePassword(at, options), cancellation);
        var reading = users.FindAsync(partition, cancellation);
        var reserved = await reserving;
        var user = await reading;
        if (!reserved.IsSuccess)
            return reserved.Error;

        var known = customer is null ? null : user;
        var match = await work.CompareAsync(known?.Password, password, cancellation);
        if (!match.IsSuccess)
        {
            await lockouts.ChangeAsync(partition, (now, _) => now.PasswordUnchecked(reserved.Value), CancellationToken.None);
            return match.Error;
        }

        if (known is null || match.Value == PasswordMatch.No)
        {
            if (reserved.Value.LockedUntil is not null)
                metrics.Block(reserved.Value.IsBlocked ? "user_blocked" : "user_locked");
            return reserved.Value.LockedUntil is { } until ? (reserved.Value.IsBlocked ? new UserBlocked() : new UserLocked(until)) : wrong(options.PasswordTries - reserved.Value.Failures);
        }

        await lockouts.ChangeAsync(partition, (now, _) => now.PasswordRight(reserved.Value), CancellationToken.None);
        if (match.Value == PasswordMatch.YesAtOldCost)
            await RenewAsync(known, password, cancellation);
        return known.ToUser();
    }

    /// <summary>The password is at hand only now. When it is not done, the next login does it.</summary>
    private async Task RenewAsync(UserRow user, string password, CancellationToken cancellation)
    {
        var hash = await work.HashAsync(password, cancellation);
        if (hash.IsSuccess)
            await users.TryWriteAsync(user with { Password = hash.Value }, [], cancellation);
    }
}
