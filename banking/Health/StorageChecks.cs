using Microsoft.Extensions.Options;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Health;

/// <summary>The tables answer.</summary>
internal sealed class TablesCheck(BankTables tables, IOptions<HealthOptions> options) : IReadinessCheck
{
    public string Name => "tables";

    public TimeSpan TimeOut => options.Value.TablesTimeOut;

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await tables.ProbeAsync(cancellation);
        return true;
    }
}

/// <summary>The blobs answer; whether the container is there yet is all the same.</summary>
internal sealed class BlobsCheck(BankBlobs blobs, IOptions<HealthOptions> options) : IReadinessCheck
{
    /// <summary>A container that the bank has anyway.</summary>
    private const string Container = "documents";

    public string Name => "blobs";

    public TimeSpan TimeOut => options.Value.BlobsTimeOut;

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        await blobs.Open(Container).ExistsAsync(cancellation);
        return true;
    }
}

/// <summary>The app's clock is storage's, nearly: tokens, limits and due days hang on it.</summary>
internal sealed class ClockCheck(BankTables tables, IOptions<HealthOptions> options, TimeProvider time) : IReadinessCheck
{
    public string Name => "clock";

    public TimeSpan TimeOut => options.Value.ClockTimeOut;

    /// <summary>Storage's time lies between asking and the answer, to the second that its header tells; how slowly it answers makes no difference.</summary>
    /// <returns>True also when the answer tells no time.</returns>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        var asked = time.GetUtcNow() - TimeSpan.FromSeconds(1);
        var told = await tables.ProbeAsync(cancellation);
        var answered = time.GetUtcNow();
        return told is not { } there || (asked - there <= options.Value.ClockTolerance && there - answered <= options.Value.ClockTolerance);
    }
}
