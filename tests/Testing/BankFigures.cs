using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Telemetry;

namespace Serverless.Testing;

/// <summary>Listens to the figures of one bank; meters are the process's, and other tests have banks too.</summary>
public sealed class BankFigures : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<Instrument> instruments = [];
    private readonly List<(string Name, double Value, KeyValuePair<string, object?>[] Attributes)> measured = [];
    private readonly ServiceProvider? owned;

    private BankFigures(IServiceProvider services, ServiceProvider? owned)
    {
        this.owned = owned;
        var factory = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter.Name != BankMetrics.MeterName || instrument.Meter.Scope != factory)
                return;
            instruments.Add(instrument);
            all.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        Bank = services.GetRequiredService<BankMetrics>();
    }

    public static BankFigures Of(IServiceProvider bank) => new(bank, null);

    /// <summary>A meter that no bank uses.</summary>
    public static BankFigures OfNone()
    {
        var services = new ServiceCollection().AddMetrics().AddSingleton<BankMetrics>().BuildServiceProvider();
        return new(services, services);
    }

    public BankMetrics Bank { get; }

    public IReadOnlyList<Instrument> Instruments => instruments;

    /// <summary>All that was told so far and what the gauges tell now, as "instrument value attribute=value ...", sorted.</summary>
    public IReadOnlyList<string> Observe()
    {
        listener.RecordObservableInstruments();
        lock (measured)
            return [.. measured.Select(one => $"{one.Name} {one.Value} {string.Join(' ', one.Attributes.Select(tag => $"{tag.Key}={tag.Value}"))}").Order(StringComparer.Ordinal)];
    }

    /// <summary>What was told of one instrument with this attribute.</summary>
    public IReadOnlyList<double> Values(string name, string attribute, string value)
    {
        lock (measured)
            return [.. measured.Where(one => one.Name == name && one.Attributes.Any(tag => tag.Key == attribute && (string?)tag.Value == value)).Select(one => one.Value)];
    }

    public void Dispose()
    {
        listener.Dispose();
        owned?.Dispose();
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var attributes = tags.ToArray();
        lock (measured)
            measured.Add((instrument.Name, value, attributes));
    }
}
