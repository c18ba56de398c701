using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Profile;

namespace Serverless.Functions.Profile;

public static class ProfileSetup
{
    /// <summary>Profiles bring pictures, so they come before the capabilities that show some.</summary>
    public static IServiceCollection AddProfiles(this IServiceCollection services) => services.AddProfile();
}
