using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking;

/// <summary>Registers operations whose parts are nobody else's business.</summary>
/// <remarks>
/// An operation is public and what it is made of is internal, so its constructor is internal too; the container by itself only
/// calls public ones.
/// </remarks>
internal static class Operations
{
    public static IServiceCollection AddOperation<T>(this IServiceCollection services)
        where T : class => services.AddOperation<T, T>();

    public static IServiceCollection AddOperation<TService, T>(this IServiceCollection services)
        where TService : class
        where T : class, TService
    {
        var constructor = typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();
        var parts = constructor.GetParameters();
        return services.AddSingleton<TService>(provider => (T)constructor.Invoke(
            BindingFlags.DoNotWrapExceptions, null, [.. parts.Select(part => provider.GetRequiredService(part.ParameterType))], null));
    }
}
