using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Sends the code of a registration once more (ONB-06).</summary>
public sealed class SendRegistrationCode
{
    private readonly StepCodes<Registration, RegistrationStep> codes;

    internal SendRegistrationCode(StepCodes<Registration, RegistrationStep> codes) => this.codes = codes;

    /// <returns>Or, first match: the errors of the step, those of <see cref="SendOneTimeCode"/>.</returns>
    public Task<Result<OneTimeCodeSent>> RunAsync(RegistrationId id, CancellationToken cancellation) => codes.AgainAsync(id.Value, cancellation);
}
