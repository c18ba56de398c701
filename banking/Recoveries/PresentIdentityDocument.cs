using Serverless.Banking.Credentials;
using Serverless.Banking.IdentityDocuments;

namespace Serverless.Banking.Recoveries;

/// <summary>Second half of the recovery by identity document: what the phone read from its chip (AUTH-14); then the code is sent.</summary>
public sealed class PresentIdentityDocument
{
    private readonly StepTable<Recovery, RecoveryStep> table;
    private readonly CheckIdentityDocument check;
    private readonly StepCodes<Recovery, RecoveryStep> codes;

    internal PresentIdentityDocument(StepTable<Recovery, RecoveryStep> table, CheckIdentityDocument check, StepCodes<Recovery, RecoveryStep> codes) => (this.table, this.check, this.codes) = (table, check, codes);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckIdentityDocument"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, ChipData chip, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RecoveryStep.PresentDocument);
        if (!found.IsSuccess)
            return found.Error;
        var document = await check.RunAsync(found.Value.Value.Customer!.Value, chip, cancellation);
        return document.IsSuccess ? await codes.AfterProofAsync(found.Value, null, cancellation) : document.Error;
    }
}
