using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serverless.Bench;

internal sealed record LoadResult(TimeSpan Elapsed, List<double> Latencies)
{
    public double PerSecond => Latencies.Count / Elapsed.TotalSeconds;

    public static LoadResult Join(IReadOnlyCollection<LoadResult> parts) =>
        new(TimeSpan.FromTicks(parts.Sum(part => part.Elapsed.Ticks)), [.. parts.SelectMany(part => part.Latencies)]);
}

/// <summary>Sends the same GET again and again over kept connections, one at a time on each.</summary>
/// <remarks>Plain sockets: an HTTP client would cost more of the machine than the servers that are compared.</remarks>
internal sealed class HttpLoad(Uri server, string path)
{
    private readonly byte[] request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n\r\n");

    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => RepeatAsync(watch, duration))));
        return new LoadResult(watch.Elapsed, [.. latencies.SelectMany(own => own)]);
    }

    private async Task<List<double>> RepeatAsync(Stopwatch watch, TimeSpan duration)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        var buffer = new byte[4096];
        var latencies = new List<double>();
        while (watch.Elapsed < duration)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAsync(socket, buffer);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return latencies;
    }

    /// <summary>The answer has no body, so its end is the empty line.</summary>
    private static async Task ReadAsync(Socket socket, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
            if (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
                continue;
            if (!buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
                throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, length));
            return;
        }
    }
}
