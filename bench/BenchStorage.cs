using Serverless.Emulator;

namespace Serverless.Bench;

/// <summary>An Azurite that finds a row by both its keys: otherwise what operations write is compared with how long the partitions have become meanwhile.</summary>
internal static class BenchStorage
{
    public static Task<AzuriteServer> StartAsync() => AzuriteServer.StartAsync(preload: Path.Combine(AppContext.BaseDirectory, "find-by-row.mjs"));
}
