using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Proves a registration by the unique code of a branch (ONB-04) and sends the code (ONB-06).</summary>
public sealed class ProveByUniqueCode
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly CheckUniqueCode check;
    private readonly StepCodes<Registration, RegistrationStep> codes;

    internal ProveByUniqueCode(StepTable<Registration, RegistrationStep> table, CheckUniqueCode check, StepCodes<Registration, RegistrationStep> codes) => (this.table, this.check, this.codes) = (table, check, codes);

    /// <returns>Or, first match: the errors of the step, those of <see cref="CheckUniqueCode"/>, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RegistrationId id, string code, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id.Value, cancellation, RegistrationStep.ProveMethod);
        if (!found.IsSuccess)
            return found.Error;
        var known = await check.RunAsync(found.Value.Value.Customer!.Value, code, cancellation);
        return known.IsSuccess ? await codes.AfterProofAsync(found.Value, known.Value, cancellation) : known.Error;
    }
}
