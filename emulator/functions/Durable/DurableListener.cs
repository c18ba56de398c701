using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.Storage;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Durable;

/// <summary>The engine as the host starts and ends it.</summary>
internal sealed class DurableListener(HubTables tables, DurableEngine engine) : IFunctionListener, IClockDriven
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        await tables.PrepareAsync(cancellation);
        await engine.StartAsync(cancellation);
    }

    public Task StopAsync(CancellationToken cancellation) => engine.StopAsync(cancellation);

    public Task<bool> IsIdleAsync(CancellationToken cancellation) => engine.IsIdleAsync(cancellation);

    public void Kill() => engine.Kill();

    public ValueTask<IReadOnlyList<DateTimeOffset>> DueTimesAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation) =>
        engine.DueTimesAsync(after, until, cancellation);

    public Task RunDueAsync(CancellationToken cancellation) => engine.RunDueAsync(cancellation);
}
