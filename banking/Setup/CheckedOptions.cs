using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Serverless.Banking;

public static class CheckedOptions
{
    /// <summary>
    /// Options whose faults stop the start. Idempotent: who needs a capability's options and who binds them both ask for it, and each fault is told once.
    /// </summary>
    public static OptionsBuilder<T> AddCheckedOptions<T>(this IServiceCollection services) where T : class
    {
        var builder = services.AddOptions<T>();
        return services.Any(service => service.ImplementationInstance is DataAnnotationValidateOptions<T>)
            ? builder
            : builder.ValidateDataAnnotations().ValidateOnStart();
    }
}
