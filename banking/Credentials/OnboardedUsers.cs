using System.Security.Cryptography;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>Users of newcomers: there from the day of the account, with a password that nobody knows until they choose one, and let in when they have confirmed the account's contract (ONB-22, ONB-23).</summary>
internal sealed class OnboardedUsers(UserTable users, BankTables tables, IPasswordWork work, LockoutTable lockouts)
{
    /// <param name="origin">The application.</param>
    /// <returns>False when the customer has a user of another origin.</returns>
    public async Task<bool> AddAsync(CustomerId customer, string origin, CancellationToken cancellation)
    {
        if (await users.FindAsync(customer, cancellation) is { } there)
            return there.Registration == origin;
        var hash = await work.HashAsync(Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)), cancellation);
        if (!hash.IsSuccess)
            throw new TimeoutException("Passwords cannot be hashed now.");
        var user = new UserRow(customer, hash.Value, [], lockouts.Now, lockouts.Now, MayPay: true, null, origin, null, default) { AwaitsContract = true };
        return await users.TryWriteAsync(user, [], cancellation) || (await users.FindAsync(customer, cancellation))?.Registration == origin;
    }

    /// <returns>Or <see cref="NotRegistered"/>, <see cref="LoginBusy"/>.</returns>
    public async Task<Result<Nothing>> SetPasswordAsync(CustomerId customer, string password, CancellationToken cancellation)
    {
        var hash = await work.HashAsync(password, cancellation);
        if (!hash.IsSuccess)
            return hash.Error;
        while (await users.FindAsync(customer, cancellation) is { } user)
        {
            if (await users.TryWriteAsync(user with { Password = hash.Value, PasswordSetAt = lockouts.Now }, [], cancellation))
                return default(Nothing);
        }

        return new NotRegistered();
    }

    public async Task LetInAsync(CustomerId customer, CancellationToken cancellation)
    {
        while (await users.FindAsync(customer, cancellation) is { AwaitsContract: true } user)
        {
            if (await users.TryWriteAsync(user with { AwaitsContract = false }, [], cancellation))
                return;
        }
    }

    public async Task RemoveAsync(CustomerId customer, string origin, CancellationToken cancellation)
    {
        if (await users.FindAsync(customer, cancellation) is { } user && user.Registration == origin)
            await tables.Open(CredentialKeys.Table).TryDeleteAsync(CredentialKeys.Partition(customer), CredentialKeys.User, user.ETag, cancellation);
    }
}

/// <summary>A newcomer's contract has to be confirmed first, as it is shown now (ONB-21, ONB-23).</summary>
public sealed record ContractNotConfirmed() : Conflict("contract_not_confirmed");
