using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Sends the code of a recovery to the mobile number on file; every method ends with it (AUTH-12).</summary>
public sealed class SendRecoveryCode
{
    private readonly RecoveryTable table;
    private readonly SendOneTimeCode send;

    internal SendRecoveryCode(RecoveryTable table, SendOneTimeCode send) => (this.table, this.send) = (table, send);

    /// <summary>Once more.</summary>
    /// <returns>Or, first match: the errors of the step, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RecoveryStep.EnterCode);
        return found.IsSuccess ? await SendAsync(found.Value.Recovery, cancellation) : found.Error;
    }

    /// <summary>The step first: when the message is lost, another can be asked for.</summary>
    internal async Task<Result<OneTimeCodeSent>> AfterProofAsync(StoredRecovery stored, UniqueCodeId? uniqueCode, CancellationToken cancellation)
    {
        var written = await table.WriteAsync(stored, stored.Recovery with { Next = RecoveryStep.EnterCode, UniqueCode = uniqueCode }, cancellation);
        return written.IsSuccess ? await SendAsync(written.Value, cancellation) : written.Error;
    }

    private Task<Result<OneTimeCodeSent>> SendAsync(Recovery recovery, CancellationToken cancellation) =>
        send.RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Recovery, recovery.Binding, recovery.Customer), cancellation);
}
