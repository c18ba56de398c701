namespace Serverless.Banking.Channels;

/// <summary>Something that a blocking brings about besides the end of the sessions (LIFE-11, LIFE-12): devices forgotten, cash codes cancelled.</summary>
/// <remarks>Runs at least once for every blocking, maybe twice, and again after a crash.</remarks>
public interface IChannelBlockedFollowUp
{
    Task RunAsync(BlockedChannel blocked, CancellationToken cancellation);
}
