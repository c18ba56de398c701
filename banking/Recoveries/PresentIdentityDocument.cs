using Serverless.Banking.Credentials;
using Serverless.Banking.IdentityDocuments;

namespace Serverless.Banking.Recoveries;

/// <summary>Second half of the recovery by identity document: what the phone read from its chip (AUTH-14); then the code is sent.</summary>
public sealed class PresentIdentityDocument
{
    private readonly RecoveryTable table;
    private readonly CheckIdentityDocument check;
    private readonly SendRecoveryCode send;

    internal PresentIdentityDocument(RecoveryTable table, CheckIdentityDocument check, SendRecoveryCode send) => (this.table, this.check, this.send) = (table, check, send);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckIdentityDocument"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, ChipData chip, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RecoveryStep.PresentDocument);
        if (!found.IsSuccess)
            return found.Error;
        var document = await check.RunAsync(found.Value.Recovery.Customer!.Value, chip, cancellation);
        return document.IsSuccess ? await send.AfterProofAsync(found.Value, null, cancellation) : document.Error;
    }
}
