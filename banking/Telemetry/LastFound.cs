using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Serverless.Banking.Telemetry;

/// <summary>What several finders found last; each replaces what it told before.</summary>
internal sealed class LastFound<T> where T : struct
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<Measurement<T>>> found = new(StringComparer.Ordinal);

    public void Replace(string finder, IReadOnlyList<Measurement<T>> measurements) => found[finder] = measurements;

    public IEnumerable<Measurement<T>> Observe() => found.Values.SelectMany(measurements => measurements);
}
