using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>Finds methods with <c>[Function]</c> in the app's assembly and in the libraries it references.</summary>
internal static class FunctionMethods
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<MethodInfo> Of(HostStartup startup) =>
        (startup.FunctionTypes ?? Assemblies(startup.Assembly).SelectMany(assembly => assembly.GetTypes()))
        .SelectMany(type => type.GetMethods(Everything))
        .Where(method => method.IsDefined(typeof(FunctionAttribute), inherit: true));

    /// <summary>Only what references the worker can hold functions, so nothing else is loaded for this.</summary>
    private static IEnumerable<Assembly> Assemblies(Assembly root)
    {
        var worker = typeof(FunctionAttribute).Assembly.GetName().Name;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Queue<Assembly>([root]);
        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(reference => reference.Name == worker))
                yield return assembly;

            foreach (var reference in references.Where(reference => IsApp(reference.Name!) && seen.Add(reference.Name!)))
                open.Enqueue(Assembly.Load(reference));
        }
    }

    private static bool IsApp(string name) =>
        !name.StartsWith("System", StringComparison.Ordinal)
        && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
        && !name.StartsWith("Azure.", StringComparison.Ordinal)
        && !name.StartsWith("Serverless.Emulator.", StringComparison.Ordinal)
        && name is not ("netstandard" or "mscorlib");
}
