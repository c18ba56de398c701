namespace Serverless.Banking.Credentials;

/// <summary>Looks whether a unique code is the customer's, without using it: it is used in the same group as what it allows (ONB-04).</summary>
/// <remarks>The try is written before the code is looked at. Five wrong ones void the code and lock registration; a client without a code is counted alike.</remarks>
public sealed class CheckUniqueCode
{
    private readonly UniqueCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly KeyedHash hash;

    internal CheckUniqueCode(UniqueCodeTable codes, LockoutTable lockouts, KeyedHash hash) => (this.codes, this.lockouts, this.hash) = (codes, lockouts, hash);

    /// <returns>Or, first match: <see cref="RegistrationLocked"/>, <see cref="CodeInvalid"/>, <see cref="CodeUsed"/>, <see cref="CodeExpired"/>.</returns>
    public Task<Result<UniqueCodeId>> RunAsync(CustomerId customer, string code, CancellationToken cancellation) =>
        RunAsync(customer, CredentialKeys.Partition(customer), code, cancellation);

    /// <param name="customer">Null for an identifier that is nobody's, which is counted all the same.</param>
    internal async Task<Result<UniqueCodeId>> RunAsync(CustomerId? customer, string partition, string code, CancellationToken cancellation)
    {
        var options = lockouts.Options;
        var reserved = await lockouts.ChangeAsync(
            partition, (now, at) => now.RefuseRegistration(at) is { } refusal ? refusal : now.ReserveUniqueCode(at, options), cancellation);
        if (!reserved.IsSuccess)
            return reserved.Error;

        var row = await codes.FindAsync(partition, cancellation);
        var matches = hash.Matches(row?.Hash ?? "", "unique-code-of", customer?.Value ?? "", UniqueCodes.Normal(code));
        if (customer is null || row is null || !matches || row.State == UniqueCodeState.Void)
        {
            var wasLast = reserved.Value.CodeTries == 0;
            if (wasLast && row is { State: UniqueCodeState.Valid })
                await codes.VoidAsync(row, CancellationToken.None);
            return new CodeInvalid();
        }

        // Right, so it was no guess, whatever became of the code since.
        await lockouts.ChangeAsync(
            partition, (now, _) => now with { CodeTries = 0, RegistrationLockedUntil = reserved.Value.CodeTries == 0 ? null : now.RegistrationLockedUntil }, CancellationToken.None);
        return row.State == UniqueCodeState.Used ? new CodeUsed()
            : row.ExpiresAt <= lockouts.Now ? new CodeExpired()
            : row.Id;
    }

    /// <returns>Whether the customer has a code that is still good.</returns>
    internal async Task<bool> HasOneAsync(CustomerId customer, CancellationToken cancellation) =>
        await codes.FindAsync(CredentialKeys.Partition(customer), cancellation) is { State: UniqueCodeState.Valid } row && row.ExpiresAt > lockouts.Now;
}
