namespace Serverless.Banking.Messages;

/// <summary>Hands work out while it is being found.</summary>
public static class WorkHandOut
{
    /// <summary>As many as one send takes: no more are ever held, however many there are.</summary>
    public const int AtOnce = 100;

    /// <returns>How many were handed out.</returns>
    /// <remarks>Killed in between, what was sent is worked on and the rest is still due: the next run finds both, and the second message of the first is harmless.</remarks>
    public static async Task<int> HandOutAsync<T>(this IWorkMessages messages, string queue, IAsyncEnumerable<T> bodies, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var some in bodies.Chunk(AtOnce).WithCancellation(cancellation))
        {
            await messages.SendAsync(queue, some, cancellation);
            count += some.Length;
        }

        return count;
    }
}
