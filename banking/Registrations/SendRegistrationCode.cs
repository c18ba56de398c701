using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Sends the code of a registration to the mobile number on file (ONB-06).</summary>
public sealed class SendRegistrationCode
{
    private readonly RegistrationTable table;
    private readonly SendOneTimeCode send;

    internal SendRegistrationCode(RegistrationTable table, SendOneTimeCode send) => (this.table, this.send) = (table, send);

    /// <summary>Once more.</summary>
    /// <returns>Or, first match: the errors of the step, those of <see cref="SendOneTimeCode"/>.</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(RegistrationId id, CancellationToken cancellation)
    {
        var found = await table.FindAsync(id, cancellation, RegistrationStep.EnterCode);
        return found.IsSuccess ? await SendAsync(found.Value.Registration, cancellation) : found.Error;
    }

    /// <summary>The step first: when the message is lost, the client asks for another.</summary>
    internal async Task<Result<OneTimeCodeSent>> AfterProofAsync(StoredRegistration stored, UniqueCodeId? uniqueCode, CancellationToken cancellation)
    {
        var written = await table.WriteAsync(stored, stored.Registration with { Next = RegistrationStep.EnterCode, UniqueCode = uniqueCode }, cancellation);
        return written.IsSuccess ? await SendAsync(written.Value, cancellation) : written.Error;
    }

    private Task<Result<OneTimeCodeSent>> SendAsync(Registration registration, CancellationToken cancellation) =>
        send.RunAsync(new OneTimeCodeRequest(OneTimeCodePurpose.Registration, registration.Binding, registration.Customer), cancellation);
}
