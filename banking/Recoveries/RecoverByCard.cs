using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;

namespace Serverless.Banking.Recoveries;

/// <summary>Proves a recovery by a card and its PIN (AUTH-13) and sends the code.</summary>
public sealed class RecoverByCard
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly CheckCard check;
    private readonly StepCodes<Recovery, RecoveryStep> codes;

    internal RecoverByCard(StepTable<Recovery, RecoveryStep> table, CheckCard check, StepCodes<Recovery, RecoveryStep> codes) => (this.table, this.check, this.codes) = (table, check, codes);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckCard"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, CardProof proof, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RecoveryStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var card = await check.RunAsync(found.Value.Value.Customer, found.Value.Value.Partition, proof, cancellation);
        return card.IsSuccess ? await codes.AfterProofAsync(found.Value, null, cancellation) : card.Error;
    }
}
