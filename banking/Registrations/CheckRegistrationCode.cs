using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Takes the code that was sent (ONB-06); five wrong ones lock registration (ONB-25).</summary>
public sealed class CheckRegistrationCode
{
    private readonly RegistrationTable table;
    private readonly CheckOneTimeCode check;
    private readonly LockoutTable lockouts;

    internal CheckRegistrationCode(RegistrationTable table, CheckOneTimeCode check, LockoutTable lockouts) => (this.table, this.check, this.lockouts) = (table, check, lockouts);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckOneTimeCode"/>.</returns>
    public async Task<Result<Registration>> RunAsync(RegistrationId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RegistrationStep.EnterCode);
        if (!found.IsSuccess)
            return found.Error;
        var registration = found.Value.Registration;
        var taken = await check.RunAsync(OneTimeCodePurpose.Registration, registration.Binding, code, cancellation);
        if (taken.IsSuccess)
            return await table.WriteAsync(found.Value, registration with { Next = RegistrationStep.ChoosePassword }, CancellationToken.None);
        if (taken.Error is ChallengeCancelled)
            await lockouts.ChangeAsync(
                registration.Customer!.Value, (now, at) => now.RefuseRegistration(at) is null ? now.LockRegistration(at, lockouts.Options) : now, CancellationToken.None);
        return taken.Error;
    }
}
