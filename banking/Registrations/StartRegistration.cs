using System.Security.Cryptography;
using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.Registrations;

/// <summary>Opens a registration by one of its two paths (ONB-01).</summary>
public sealed class StartRegistration
{
    private readonly StepTable<Registration, RegistrationStep> table;
    private readonly LockoutTable lockouts;

    internal StartRegistration(StepTable<Registration, RegistrationStep> table, LockoutTable lockouts) => (this.table, this.lockouts) = (table, lockouts);

    /// <returns>Or <see cref="RegistrationTermsNotAccepted"/>.</returns>
    public async Task<Result<Registration>> RunAsync(RegistrationPath path, bool acceptsTerms, CancellationToken cancellation)
    {
        if (!acceptsTerms)
            return new RegistrationTermsNotAccepted();
        var registration = new Registration(
            new RegistrationId(new Guid(RandomNumberGenerator.GetBytes(16))), path,
            path == RegistrationPath.ExistingClient ? RegistrationStep.Identify : RegistrationStep.OpenApplication, null,
            table.Now + Duration.FromMinutes(lockouts.Options.RegistrationMinutes));
        await table.AddAsync(registration, cancellation);
        return registration;
    }
}
