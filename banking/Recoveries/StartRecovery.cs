using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>"I forgot my password" (AUTH-12): the same answer for everybody's identifier and nobody's.</summary>
public sealed class StartRecovery
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly Identifiers identifiers;
    private readonly LimitAddress limit;
    private readonly LockoutTable lockouts;

    internal StartRecovery(StepTable<Recovery, RecoveryStep> table, Identifiers identifiers, LimitAddress limit, LockoutTable lockouts) =>
        (this.table, this.identifiers, this.limit, this.lockouts) = (table, identifiers, limit, lockouts);

    /// <returns>Or <see cref="TooManyRequests"/>: five starts a day for one identifier (AUTH-28).</returns>
    public async Task<Result<Recovery>> RunAsync(LoginIdentifier identifier, CancellationToken cancellation)
    {
        var taken = await limit.RecoveryAsync(identifier, cancellation);
        if (!taken.IsSuccess)
            return taken.Error;
        var (customer, partition) = await identifiers.FindAsync(identifier, cancellation);
        var recovery = new Recovery(
            new RecoveryId(new Guid(RandomNumberGenerator.GetBytes(16))), RecoveryStep.ProveMethod, table.Now + Duration.FromMinutes(lockouts.Options.RecoveryMinutes))
        {
            Customer = customer,
            Partition = partition,
        };
        await table.AddAsync(recovery, cancellation);
        return recovery;
    }
}
