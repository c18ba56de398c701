using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Functions.Http;

/// <summary>What the functions with an HTTP trigger declare about themselves.</summary>
public sealed class FunctionCatalogue
{
    private readonly ConcurrentDictionary<string, FunctionDeclaration?> byEntryPoint = new(StringComparer.Ordinal);

    /// <summary>The app's own, in the order of their names.</summary>
    internal IReadOnlyList<FunctionDeclaration> All { get; } =
    [
        .. typeof(FunctionCatalogue).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(Read).OfType<FunctionDeclaration>()
            .OrderBy(declaration => declaration.Name, StringComparer.Ordinal),
    ];

    /// <summary>Null when the function has no HTTP trigger.</summary>
    /// <exception cref="InvalidOperationException">The host runs a method that is not in this process.</exception>
    internal FunctionDeclaration? Find(FunctionDefinition function) =>
        byEntryPoint.GetOrAdd(function.EntryPoint, entryPoint => Read(MethodOf(entryPoint, function.PathToAssembly)));

    internal static bool IsHttp(FunctionDefinition function) =>
        function.InputBindings.Values.Any(binding => string.Equals(binding.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase));

    private static FunctionDeclaration? Read(MethodInfo method)
    {
        var function = method.GetCustomAttribute<FunctionAttribute>();
        var trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null);
        return function is null || trigger is null
            ? null
            : new FunctionDeclaration(function.Name, method, trigger.Route ?? function.Name, [.. (trigger.Methods ?? []).Select(m => m.ToUpperInvariant())], trigger.AuthLevel);
    }

    /// <param name="entryPoint">Namespace.Class.Method; two overloads cannot both be functions.</param>
    private static MethodInfo MethodOf(string entryPoint, string path)
    {
        var dot = entryPoint.LastIndexOf('.');
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly.GetName().Name == Path.GetFileNameWithoutExtension(path))
            .Select(assembly => assembly.GetType(entryPoint[..dot]))
            .OfType<Type>()
            .SelectMany(type => type.GetMethods())
            .FirstOrDefault(method => method.Name == entryPoint[(dot + 1)..] && method.IsDefined(typeof(FunctionAttribute)))
            ?? throw new InvalidOperationException($"There is no function {entryPoint} in this process.");
    }
}
