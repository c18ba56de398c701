using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.PasswordChanges;

public static class PasswordChangesSetup
{
    /// <summary>Changing a known password. Credentials, registrations and devices are set up besides.</summary>
    public static IServiceCollection AddPasswordChanges(this IServiceCollection services) => services
        .AddSingleton<ApplyPasswordOrder>()
        .AddSingleton<ListPasswordCards>()
        .AddOperation<ChangePasswordByCard>()
        .AddOperation<ChangePasswordOnTrustedDevice>()
        .AddOperation<ChangePasswordByUniqueCode>();
}
