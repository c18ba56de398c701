using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Takes the code that was sent (ONB-06); five wrong ones lock registration (ONB-25).</summary>
public sealed class CheckRegistrationCode
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly StepCodes<Registration, RegistrationStep> codes;
    private readonly LockoutTable lockouts;

    internal CheckRegistrationCode(StepTable<Registration, RegistrationStep> table, StepCodes<Registration, RegistrationStep> codes, LockoutTable lockouts) =>
        (this.table, this.codes, this.lockouts) = (table, codes, lockouts);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<Registration>> RunAsync(RegistrationId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RegistrationStep.EnterCode);
        if (!found.IsSuccess)
            return found.Error;
        var typed = await codes.CheckAsync(found.Value, code, cancellation);
        if (!typed.IsSuccess && typed.Error is ChallengeCancelled)
            await lockouts.ChangeAsync(
                found.Value.Value.Customer!.Value, (now, at) => now.RefuseRegistration(at) is null ? now.LockRegistration(at, lockouts.Options) : now, CancellationToken.None);
        return typed;
    }
}
