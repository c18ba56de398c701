using Azure.Data.Tables;
using Serverless.Banking.Customers;
using Serverless.Banking.Outbox;

namespace Serverless.Banking.Credentials;

/// <summary>Gives a registered customer another password, for the app and the Internet Branch alike (AUTH-16 to AUTH-20, AUTH-26, AUTH-27).</summary>
/// <remarks>
/// One group writes the password, its history, the use of the unique code and the outbox row of what follows; whoever asked must have proven before that he may. What follows
/// (locks, sessions, trail, notices) is done before the answer; killed anywhere, a repetition of the same order completes it, or the sweep a minute later.
/// </remarks>
public sealed class SetPassword
{
    private const int TriesAtMost = 8;

    private readonly UserTable users;
    private readonly UniqueCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly IPasswordWork work;
    private readonly FindContactDetails contacts;
    private readonly Dispatch dispatch;
    private readonly KeyedHash hash;

    internal SetPassword(
        UserTable users, UniqueCodeTable codes, LockoutTable lockouts, IPasswordWork work, FindContactDetails contacts, Dispatch dispatch, KeyedHash hash) =>
        (this.users, this.codes, this.lockouts, this.work, this.contacts, this.dispatch, this.hash) = (users, codes, lockouts, work, contacts, dispatch, hash);

    /// <returns>
    /// Or, first match: <see cref="NotRegistered"/>, <see cref="InvalidInput"/> with every broken rule of <see cref="PasswordRules"/>, <see cref="LoginBusy"/>,
    /// <see cref="PasswordReused"/>, <see cref="CodeUsed"/>, <see cref="CodeExpired"/>, <see cref="IdempotencyKeyReused"/> (the order set another password).
    /// </returns>
    public async Task<Result<User>> RunAsync(PasswordChange change, CancellationToken cancellation)
    {
        var order = hash.Of("password-change", change.Order);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await users.FindAsync(change.Customer, cancellation) is not { } user)
                return new NotRegistered();
            if (user.LastChange == order)
            {
                var same = await work.CompareAsync(user.Password, change.Password, cancellation);
                return !same.IsSuccess ? same.Error
                    : same.Value == PasswordMatch.No ? new IdempotencyKeyReused()
                    : await FollowAsync(FollowUpOf(change, user, order), user);
            }

            var bornOn = PersonalNumber.Find((await contacts.RunAsync(change.Customer, cancellation))?.PersonalNumber)?.FindBirthDate();
            if (PasswordRules.Check(change.Password, bornOn, change.Field) is { Count: > 0 } faults)
                return new InvalidInput(faults);
            foreach (var former in user.LastFive)
            {
                var match = await work.CompareAsync(former, change.Password, cancellation);
                if (!match.IsSuccess)
                    return match.Error;
                if (match.Value != PasswordMatch.No)
                    return new PasswordReused(change.Field);
            }

            var used = await UseAsync(change, cancellation);
            if (!used.IsSuccess)
                return used.Error;
            var hashed = await work.HashAsync(change.Password, cancellation);
            if (!hashed.IsSuccess)
                return hashed.Error;
            var changed = user.WithPassword(hashed.Value, lockouts.Now, order, change.Reason == PasswordChangeReason.Recovered);
            var follow = FollowUpOf(change, changed, order);
            await dispatch.PointAsync(follow, cancellation);
            if (await users.TryWriteAsync(changed, [.. used.Value, follow.Add()], cancellation))
                return await FollowAsync(follow, changed);
        }

        throw new InvalidOperationException("The customer's password is being changed too often at the same moment.");
    }

    private async Task<Result<TableTransactionAction[]>> UseAsync(PasswordChange change, CancellationToken cancellation)
    {
        if (change.Using is not { } id)
            return Array.Empty<TableTransactionAction>();
        var code = await codes.FindAsync(CredentialKeys.Partition(change.Customer), cancellation);
        return code is null || code.Id != id || code.State != UniqueCodeState.Valid ? new CodeUsed()
            : code.ExpiresAt <= lockouts.Now ? new CodeExpired()
            : new[] { code.Use() };
    }

    private static OutboxRow FollowUpOf(PasswordChange change, UserRow user, string order) => FollowPasswordChange.RowOf(
        new ChangedPassword(change.Customer, change.Reason, change.Actor, change.Keep?.Value, order, user.PasswordSetAt));

    private async Task<User> FollowAsync(OutboxRow follow, UserRow user)
    {
        await dispatch.RunAsync(follow);
        return user.ToUser();
    }
}
