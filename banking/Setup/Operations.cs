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
        return services.AddSingleton<TService>(provider =>
        {
            var parts = Of<T>.Parts;
            var made = new object?[parts.Length];
            for (var i = 0; i < parts.Length; i++)
                made[i] = provider.GetRequiredService(parts[i]);
            return (T)Of<T>.Constructor.Invoke(made.AsSpan());
        });
    }

    /// <summary>Looked up once for each operation, and not for each bank: tests start thousands.</summary>
    private static class Of<T>
    {
        private static readonly ConstructorInfo Found = typeof(T).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single();

        public static readonly ConstructorInvoker Constructor = ConstructorInvoker.Create(Found);

        public static readonly Type[] Parts = [.. Found.GetParameters().Select(part => part.ParameterType)];
    }
}
