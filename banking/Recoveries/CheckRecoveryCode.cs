using Serverless.Banking.Credentials;

namespace Serverless.Banking.Recoveries;

/// <summary>Takes the code that was sent.</summary>
public sealed class CheckRecoveryCode
{
    private readonly RecoveryTable table;
    private readonly CheckOneTimeCode check;

    internal CheckRecoveryCode(RecoveryTable table, CheckOneTimeCode check) => (this.table, this.check) = (table, check);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<Recovery>> RunAsync(RecoveryId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RecoveryStep.EnterCode);
        if (!found.IsSuccess)
            return found.Error;
        var recovery = found.Value.Recovery;
        var taken = await check.RunAsync(OneTimeCodePurpose.Recovery, recovery.Binding, code, cancellation);
        return taken.IsSuccess ? await table.WriteAsync(found.Value, recovery with { Next = RecoveryStep.ChoosePassword }, CancellationToken.None) : taken.Error;
    }
}
