using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Proves a recovery by the unique code of a branch (AUTH-15) and sends the code. It is used up with the new password, not before.</summary>
public sealed class RecoverByUniqueCode
{
    private readonly RecoveryTable table;
    private readonly CheckUniqueCode check;
    private readonly SendRecoveryCode send;

    internal RecoverByUniqueCode(RecoveryTable table, CheckUniqueCode check, SendRecoveryCode send) => (this.table, this.check, this.send) = (table, check, send);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckUniqueCode"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RecoveryStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var known = await check.RunAsync(found.Value.Recovery.Customer, found.Value.Recovery.Partition, code, cancellation);
        return known.IsSuccess ? await send.AfterProofAsync(found.Value, known.Value, cancellation) : known.Error;
    }
}
