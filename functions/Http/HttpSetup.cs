using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Functions.Load;
using Serverless.Functions.Telemetry;

namespace Serverless.Functions.Http;

public static class HttpSetup
{
    /// <summary>Who counts storage's calls outermost, then exceptions, load, access. After <c>ConfigureFunctionsWebApplication()</c>, which brings the HttpContext they need.</summary>
    public static IFunctionsWorkerApplicationBuilder UseBankMiddleware(this IFunctionsWorkerApplicationBuilder builder) =>
        builder.UseMiddleware<StorageCallsMiddleware>().UseMiddleware<ExceptionMiddleware>().UseMiddleware<LoadMiddleware>().UseMiddleware<AccessMiddleware>();

    /// <summary>How every function speaks HTTP.</summary>
    internal static IServiceCollection AddHttp(this IServiceCollection services, IConfiguration configuration) => services
        .AddValidated<ApiOptions>(configuration, "Api")
        .AddLoadShedding(configuration)
        .AddSingleton<FunctionCatalogue>()
        .ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));

    /// <summary>Binds a section to a capability's options. A wrong setting stops the start and names itself.</summary>
    /// <param name="section">Empty for names without a section.</param>
    internal static IServiceCollection AddValidated<T>(this IServiceCollection services, IConfiguration configuration, string section) where T : class
    {
        services.AddSingleton(new SettingsSection(section, typeof(T)));
        services.AddCheckedOptions<T>().Bind(section.Length == 0 ? configuration : configuration.GetSection(section));
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }
}
