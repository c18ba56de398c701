using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Functions.Http;

namespace Serverless.Functions.Authentication;

internal static class AuthenticationSetup
{
    /// <summary>One try for the issuer's keys, which a caller is waiting for.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    public static IServiceCollection AddAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(IssuerKeys.ClientName, client =>
        {
            client.Timeout = Timeout;
            client.MaxResponseContentBufferSize = 256 * 1024;
        })
            // Connections are renewed for changes of addresses, not the handler: its timer would keep a stopped bank in memory for two minutes.
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan);
        return services.AddValidated<AuthenticationOptions>(configuration, "Authentication")
            .AddSingleton<IssuerKeys>()
            .AddSingleton<SessionCallers>()
            .AddSingleton<Authenticator>();
    }
}
