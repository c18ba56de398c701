using Microsoft.DurableTask;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Waits and early events, by name without regard to case.</summary>
/// <remarks>
/// Open waits of one name are a stack; early events of one name are a queue. A wait that was cancelled stays on the stack
/// and swallows the event that finds it on top: so does the official worker.
/// </remarks>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<IWait>> waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRaised> early = [];

    private interface IWait
    {
        Type Type { get; }

        bool IsOpen { get; }

        void Receive(object? value);
    }

    public bool IsAnyOpen => waits.Values.Any(stack => stack.Any(wait => wait.IsOpen));

    /// <exception cref="ArgumentException">An open wait of that name wants another type.</exception>
    public Task<T> Wait<T>(string name, CancellationToken cancellation)
    {
        var index = early.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            var data = early[index].Input?.Text;
            early.RemoveAt(index);
            return Task.FromResult(converter.Deserialize<T>(data)!);
        }

        if (!waits.TryGetValue(name, out var stack))
            waits[name] = stack = new();
        if (stack.TryPeek(out var other) && other.Type != typeof(T))
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Event '{name}' is waited for as {other.Type}.");

        var wait = new OpenWait<T>();
        stack.Push(wait);
        cancellation.Register(() => wait.Source.TrySetCanceled(cancellation));
        return wait.Source.Task;
    }

    /// <summary>Hands the event to the newest wait, or keeps it.</summary>
    /// <remarks>A payload that does not fit the wait's type throws, which fails the instance.</remarks>
    public void Raise(EventRaised raised)
    {
        if (!waits.TryGetValue(raised.Name, out var stack))
        {
            early.Add(raised);
            return;
        }

        var wait = stack.Pop();
        if (stack.Count == 0)
            waits.Remove(raised.Name);
        wait.Receive(converter.Deserialize(raised.Input?.Text, wait.Type));
    }

    /// <summary>The early events, in order, which are then gone.</summary>
    public IReadOnlyList<EventRaised> TakeEarly()
    {
        var taken = early.ToArray();
        early.Clear();
        return taken;
    }

    private sealed class OpenWait<T> : IWait
    {
        public TaskCompletionSource<T> Source { get; } = new();

        public Type Type => typeof(T);

        public bool IsOpen => !Source.Task.IsCompleted;

        public void Receive(object? value)
        {
            // No data for a plain value type is a NullReferenceException here, as upstream.
            Source.TrySetResult((T)value!);
        }
    }
}
