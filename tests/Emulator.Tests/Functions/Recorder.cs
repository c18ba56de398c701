using System.Collections.Concurrent;

namespace Serverless.Emulator.Tests.Functions;

/// <summary>What a sample app's functions noted, for the test to look at.</summary>
public sealed class Recorder
{
    private readonly ConcurrentQueue<string> notes = new();

    public IReadOnlyList<string> Notes => [.. notes];

    public void Note(string text) => notes.Enqueue(text);

    /// <summary>Polls until there are that many notes.</summary>
    public async Task<IReadOnlyList<string>> WhenCountAsync(int count)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (notes.Count < count)
            await Task.Delay(10, deadline.Token);

        return Notes;
    }
}
