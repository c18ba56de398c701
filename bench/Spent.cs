namespace Serverless.Bench;

/// <summary>Processor time of some turns, Azurite's and this process's: what a busy machine changes least.</summary>
internal sealed class Spent(Plan plan)
{
    private int done;
    private TimeSpan storage, own, storageBefore, ownBefore;

    public List<double> Latencies { get; } = [];

    public double PerProcessorSecond => done / (storage + own).TotalSeconds;

    /// <summary>Of one thing done.</summary>
    public double StorageMs => storage.TotalMilliseconds / done;

    /// <inheritdoc cref="StorageMs"/>
    public double OwnMs => own.TotalMilliseconds / done;

    public void Begin() => (storageBefore, ownBefore) = (plan.StorageProcessorTime(), Environment.CpuUsage.TotalTime);

    public void End(int things)
    {
        storage += plan.StorageProcessorTime() - storageBefore;
        own += Environment.CpuUsage.TotalTime - ownBefore;
        done += things;
    }
}
