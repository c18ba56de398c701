using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Takes the code that was sent.</summary>
public sealed class CheckRecoveryCode
{
    private readonly StepCodes<Recovery, RecoveryStep> codes;

    internal CheckRecoveryCode(StepCodes<Recovery, RecoveryStep> codes) => this.codes = codes;

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckOneTimeCode"/>.</returns>
    public Task<Result<Recovery>> RunAsync(RecoveryId id, string code, CancellationToken cancellation) => codes.CheckAsync(id.Value, code, cancellation);
}
