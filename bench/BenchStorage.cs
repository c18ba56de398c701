using Serverless.Emulator;

namespace Serverless.Bench;

/// <summary>An Azurite that finds rows by their keys, as Table Storage does: otherwise what is measured is how long its partitions have become meanwhile.</summary>
internal static class BenchStorage
{
    public static Task<AzuriteServer> StartAsync() => AzuriteServer.StartAsync(preload: Path.Combine(AppContext.BaseDirectory, "find-by-keys.mjs"));
}
