using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Proves a recovery by the unique code of a branch (AUTH-15) and sends the code. It is used up with the new password, not before.</summary>
public sealed class RecoverByUniqueCode
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly CheckUniqueCode check;
    private readonly StepCodes<Recovery, RecoveryStep> codes;

    internal RecoverByUniqueCode(StepTable<Recovery, RecoveryStep> table, CheckUniqueCode check, StepCodes<Recovery, RecoveryStep> codes) => (this.table, this.check, this.codes) = (table, check, codes);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckUniqueCode"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RecoveryStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var known = await check.RunAsync(found.Value.Value.Customer, found.Value.Value.Partition, code, cancellation);
        return known.IsSuccess ? await codes.AfterProofAsync(found.Value, known.Value, cancellation) : known.Error;
    }
}
