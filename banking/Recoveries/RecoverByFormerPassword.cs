using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>First half of the recovery by identity document: one of the last five passwords (AUTH-14).</summary>
public sealed class RecoverByFormerPassword
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly CheckFormerPassword check;

    internal RecoverByFormerPassword(StepTable<Recovery, RecoveryStep> table, CheckFormerPassword check) => (this.table, this.check) = (table, check);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckFormerPassword"/>.</returns>
    public async Task<Result<Recovery>> RunAsync(RecoveryId id, string password, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RecoveryStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var recovery = found.Value.Value;
        var known = await check.RunAsync(recovery.Customer, recovery.Partition, password, cancellation);
        return known.IsSuccess ? await table.WriteAsync(found.Value, recovery with { Next = RecoveryStep.PresentDocument }, CancellationToken.None) : known.Error;
    }
}
