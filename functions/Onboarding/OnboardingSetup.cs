using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

public static class OnboardingSetup
{
    public static IServiceCollection AddOnboarding(this IServiceCollection services, IConfiguration configuration) =>
        services.AddValidated<OnboardingOptions>(configuration, "Onboarding").AddSingleton<StartOnboarding>().AddOnboarding();
}
