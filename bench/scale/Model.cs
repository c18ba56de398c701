namespace Serverless.Scale;

/// <summary>All that the simulator knows: what is assumed, what is published, what was measured.</summary>
internal sealed record Model(
    Inputs Inputs, Limits Limits, Prices Prices, IReadOnlyDictionary<string, Profile> Profiles, IReadOnlyDictionary<string, PartitionKind> Partitions)
{
    public static Model Load() => new(Inputs.Load(), Limits.Load(), Prices.Load(), Profile.LoadAll(), PartitionKind.LoadAll());

    public Model With(int customers) => this with { Inputs = Inputs with { Customers = customers } };

    /// <exception cref="InvalidOperationException">It was not measured.</exception>
    public Profile Of(string operation) => Profiles.GetValueOrDefault(operation) ?? throw new InvalidOperationException($"'{operation}' was not measured: make bench ONLY=profile.");

    /// <summary>Storage calls of a session.</summary>
    public double CallsPerSession => Inputs.PerSession.Sum(one => one.Value * Of(one.Key).Total);

    /// <summary>HTTP requests of a session; an onboarding has many.</summary>
    public double RequestsPerSession => Inputs.PerSession.Sum(one => one.Value * (one.Key == "onboarding" ? 16 : 1));

    /// <summary>What an operation asks of the busiest partition of each kind that customers share.</summary>
    public IEnumerable<(string Kind, double Rows)> SharedRows(string operation) => Of(operation).Calls
        .Where(call => !PartitionKind.IsOwn(call.Kind))
        .Select(call => (call.Kind, call.Rows * (Partitions.GetValueOrDefault(call.Kind)
            ?? throw new InvalidOperationException($"partitions.json does not say how many partitions '{call.Kind}' has.")).Share(Inputs)))
        .GroupBy(one => one.Kind, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Sum(one => one.Item2)));

    /// <summary>The most of an operation per second that no partition it shares is above the target for.</summary>
    public double PartitionBound(string operation) =>
        SharedRows(operation).Select(one => Limits.PartitionRowsPerSecond.Value * Inputs.TargetUtilisation / one.Rows).DefaultIfEmpty(double.MaxValue).Min();

    /// <summary>How long one of a batch keeps a message function busy.</summary>
    public double BatchSeconds(Batch batch) => ((Of(batch.Operation).Total * Inputs.LatencyOfAStorageCallMs) + (2 * Inputs.LatencyOfAPartnerMs)) / 1000;

    /// <summary>What the app could ask for if nothing held it back: all instances at it.</summary>
    public double WorkerBound(Batch batch) => Limits.Instances.Value * Limits.MessagesAtOncePerInstance.Value / BatchSeconds(batch);
}
