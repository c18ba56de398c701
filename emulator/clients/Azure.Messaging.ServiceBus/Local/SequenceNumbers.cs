namespace Serverless.Emulator.ServiceBus;

/// <summary>Sequence numbers that grow with time and differ between processes, without a counter to share.</summary>
/// <remarks>From the top: 41 bits of milliseconds since 2020, 10 bits of this process, 12 bits of a counter.</remarks>
internal static class SequenceNumbers
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly long Process = Random.Shared.Next(1 << 10);
    private static long _last;

    public static long Next()
    {
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var now = (long)(TimeProvider.System.GetUtcNow() - Epoch).TotalMilliseconds << 12;
            var next = Math.Max(last + 1, now);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
                return (next >> 12 << 22) | (Process << 12) | (next & 0xFFF);
        }
    }
}
