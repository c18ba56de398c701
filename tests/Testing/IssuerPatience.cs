using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Serverless.Testing;

/// <summary>A bank waits three seconds for the token issuer's keys, since somebody waits for it; among many tests on a loaded machine the issuer may take longer to answer at all.</summary>
public static class IssuerPatience
{
    public const string Client = "token-issuer";

    private static readonly TimeSpan LoadedMachine = TimeSpan.FromMinutes(1);

    public static IServiceCollection WaitForIssuer(this IServiceCollection services) =>
        services.PostConfigure<HttpClientFactoryOptions>(Client, options => options.HttpClientActions.Add(client => client.Timeout = LoadedMachine));
}
