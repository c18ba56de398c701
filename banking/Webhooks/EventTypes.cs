using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Banking.Webhooks;

/// <summary>A type of event that a capability publishes: <c>preferential_rate.decided</c>.</summary>
public sealed record EventType(string Name);

/// <summary>What can be subscribed to.</summary>
public sealed class EventTypes(IEnumerable<EventType> types)
{
    private readonly string[] names = [.. types.Select(type => type.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Names => names;

    /// <summary>A type, a family's <c>*</c>, or <c>*</c>.</summary>
    public bool IsKnown(string wanted) => wanted == "*" || names.Contains(wanted, StringComparer.Ordinal)
        || (wanted.EndsWith(".*", StringComparison.Ordinal) && names.Any(name => name.StartsWith(wanted[..^1], StringComparison.Ordinal)));
}

public static class EventTypesSetup
{
    /// <summary>Says what a capability publishes.</summary>
    /// <param name="names">A family and an event, in snake_case: <c>onboarding.completed</c>.</param>
    public static IServiceCollection AddEventTypes(this IServiceCollection services, params string[] names)
    {
        foreach (var name in names)
            services.AddSingleton(new EventType(name));
        return services;
    }
}
