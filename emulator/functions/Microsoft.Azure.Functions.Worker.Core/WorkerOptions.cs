using System.Collections;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker.Converters;
using Serverless.Emulator.Hosting;

namespace Microsoft.Azure.Functions.Worker;

public class WorkerOptions
{
    /// <summary>Reads queue and message bodies, writes outputs and durable payloads: PascalCase, enums as numbers.</summary>
    public ObjectSerializer Serializer { get; set; } = WorkerSerializer.Default;

    /// <summary>Asked in order, before the built-in conversions.</summary>
    public InputConverterCollection InputConverters { get; } = new();

    /// <summary>What the worker tells the host that it can do. Nothing here asks.</summary>
    public IDictionary<string, string> Capabilities { get; } = new Dictionary<string, string>();
}

public sealed class InputConverterCollection : IEnumerable<Type>
{
    private readonly List<Type> converters = [];

    public void Register<T>()
        where T : IInputConverter => converters.Add(typeof(T));

    public void RegisterAt<T>(int index)
        where T : IInputConverter => converters.Insert(index, typeof(T));

    public void Clear() => converters.Clear();

    public IEnumerator<Type> GetEnumerator() => converters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
