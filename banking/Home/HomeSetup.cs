using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Home;

public static class HomeSetup
{
    /// <summary>What is on the first screen. Profiles, complaints, money requests, notifications and approvals are set up besides.</summary>
    public static IServiceCollection AddHome(this IServiceCollection services) => services.AddOperation<CountHub>().AddOperation<FindHome>();
}
