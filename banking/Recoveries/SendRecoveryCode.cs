using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Sends the code of a recovery once more.</summary>
public sealed class SendRecoveryCode
{
    private readonly StepCodes<Recovery, RecoveryStep> codes;

    internal SendRecoveryCode(StepCodes<Recovery, RecoveryStep> codes) => this.codes = codes;

    /// <returns>Or, first match: the errors of the step, those of <see cref="SendOneTimeCode"/>.</returns>
    public Task<Result<OneTimeCodeSent>> RunAsync(RecoveryId id, CancellationToken cancellation) => codes.AgainAsync(id.Value, cancellation);
}
