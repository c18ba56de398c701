using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Outbox;

namespace Serverless.Banking.Registrations;

/// <summary>Takes the client's first password: from then on the client may sign in to the app and the Internet Branch (ONB-08).</summary>
/// <remarks>
/// One group adds the user, uses up the unique code and holds the outbox row of trail and notices, so of two registrations at once one is done. The registration's own row
/// follows; killed anywhere, the repetition of the same step completes it, and trail and notices the sweep too.
/// </remarks>
public sealed class CompleteRegistration
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly UserTable users;
    private readonly UniqueCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly ContractTable contracts;
    private readonly FindContactDetails contacts;
    private readonly IPasswordWork work;
    private readonly Dispatch dispatch;

    internal CompleteRegistration(
        StepTable<Registration, RegistrationStep> table, UserTable users, UniqueCodeTable codes, LockoutTable lockouts, ContractTable contracts, FindContactDetails contacts, IPasswordWork work,
        Dispatch dispatch) =>
        (this.table, this.users, this.codes, this.lockouts, this.contracts, this.contacts, this.work, this.dispatch) =
            (table, users, codes, lockouts, contracts, contacts, work, dispatch);

    /// <param name="field">JSON pointer of the password.</param>
    /// <returns>
    /// The user. Or, first match: the errors of the step, <see cref="InvalidInput"/> with every broken rule, <see cref="LoginBusy"/>, <see cref="AlreadyRegistered"/>,
    /// <see cref="CodeUsed"/>, <see cref="CodeExpired"/>.
    /// </returns>
    public async Task<Result<User>> RunAsync(RegistrationId id, string password, string field, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RegistrationStep.ChoosePassword, RegistrationStep.Login);
        if (!found.IsSuccess)
            return found.Error;
        var registration = found.Value.Value;
        var customer = registration.Customer!.Value;
        if (await users.FindAsync(customer, cancellation) is { } there)
            return await AgainAsync(found.Value, there, password, cancellation);

        var bornOn = PersonalNumber.Find((await contacts.RunAsync(customer, cancellation))?.PersonalNumber)?.FindBirthDate();
        if (PasswordRules.Check(password, bornOn, field) is { Count: > 0 } faults)
            return new InvalidInput(faults);
        var hash = await work.HashAsync(password, cancellation);
        if (!hash.IsSuccess)
            return hash.Error;
        var contract = await contracts.FindAsync(customer, cancellation);
        var code = registration.UniqueCode is { } used ? await codes.FindAsync(CredentialKeys.Partition(customer), cancellation) : null;
        if (registration.UniqueCode is { } wanted && (code is null || code.Id != wanted || code.State != UniqueCodeState.Valid))
            return await LateAsync(found.Value, password, cancellation);
        if (code is not null && code.ExpiresAt <= table.Now)
            return new CodeExpired();

        var user = new UserRow(customer, hash.Value, [], table.Now, table.Now, contract?.MayPay ?? false, null, id.ToString(), null, default);
        var follow = FollowRegistration.RowOf(user);
        await dispatch.PointAsync(follow, cancellation);
        if (await users.TryWriteAsync(user, code is null ? [follow.Add()] : [code.Use(), follow.Add()], cancellation))
            return await FollowAsync(found.Value, user);
        return await LateAsync(found.Value, password, cancellation);
    }

    /// <summary>The code was used or the user added since this call began: by another registration, by this one's repetition, or the code for something else.</summary>
    private async Task<Result<User>> LateAsync(Stored<Registration> stored, string password, CancellationToken cancellation) =>
        await users.FindAsync(stored.Value.Customer!.Value, cancellation) is { } user ? await AgainAsync(stored, user, password, cancellation) : new CodeUsed();

    /// <summary>Its own repetition goes on where it was; anybody else's registration came too late.</summary>
    private async Task<Result<User>> AgainAsync(Stored<Registration> stored, UserRow user, string password, CancellationToken cancellation)
    {
        if (user.Registration != stored.Value.Id.ToString())
            return new AlreadyRegistered();
        var same = await work.CompareAsync(user.Password, password, cancellation);
        return !same.IsSuccess ? same.Error
            : same.Value == PasswordMatch.No ? new AlreadyRegistered()
            : await FollowAsync(stored, user);
    }

    private async Task<Result<User>> FollowAsync(Stored<Registration> stored, UserRow user)
    {
        await dispatch.RunAsync(FollowRegistration.RowOf(user));
        if (stored.Value.Next != RegistrationStep.Login)
            await table.WriteAsync(stored, stored.Value with { Next = RegistrationStep.Login }, CancellationToken.None);
        return user.ToUser();
    }
}
