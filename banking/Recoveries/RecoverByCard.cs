using Serverless.Banking.Credentials;
using Serverless.Banking.Registrations;

namespace Serverless.Banking.Recoveries;

/// <summary>Proves a recovery by a card and its PIN (AUTH-13) and sends the code.</summary>
public sealed class RecoverByCard
{
    private readonly RecoveryTable table;
    private readonly CheckCard check;
    private readonly SendRecoveryCode send;

    internal RecoverByCard(RecoveryTable table, CheckCard check, SendRecoveryCode send) => (this.table, this.check, this.send) = (table, check, send);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckCard"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, CardProof proof, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RecoveryStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var card = await check.RunAsync(found.Value.Recovery.Customer, found.Value.Recovery.Partition, proof, cancellation);
        return card.IsSuccess ? await send.AfterProofAsync(found.Value, null, cancellation) : card.Error;
    }
}
