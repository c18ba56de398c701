using System.Reflection;
using System.Runtime.CompilerServices;
using NodaTime;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>What is fixed about a kind of error, before it happens.</summary>
internal static class ErrorTypes
{
    private static readonly ConditionalWeakTable<Type, Error> Samples = [];

    /// <summary>Every error that can be answered. The bank's internal ones never leave it.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        .. new[] { typeof(Error).Assembly, typeof(ErrorTypes).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsAbstract: false, IsVisible: true } && typeof(Error).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>What the client sees as the document's code.</summary>
    public static string CodeOf(Type error) => Problems.CodeOf(SampleOf(error));

    public static int StatusOf(Type error) => Problems.StatusOf(SampleOf(error));

    /// <summary>An error of this type with facts that stand for any.</summary>
    public static Error SampleOf(Type error) => Samples.GetValue(error, type =>
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type)
            .OrderByDescending(c => c.GetParameters().Length)
            .First();
        return (Error)constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType))]);
    });

    private static object? Sample(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(Money) ? Money.OfMinor(168927, Currency.All)
        : type == typeof(Currency) ? Currency.All
        : type == typeof(LocalDate) ? new LocalDate(2026, 1, 31)
        : type == typeof(Instant) ? Instant.FromUtc(2026, 1, 31, 9, 30)
        : type == typeof(IReadOnlyList<string>) ? new[] { "x" }
        : type == typeof(IReadOnlyList<Invalid>) ? Array.Empty<Invalid>()
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;
}
