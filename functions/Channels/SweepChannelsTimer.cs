using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Channels;

namespace Serverless.Functions.Channels;

public sealed class SweepChannelsTimer(SweepChannels sweep)
{
    [Function("Channels_Sweep")]
    public Task RunAsync([TimerTrigger("%ChannelsSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) => sweep.RunAsync(cancellation);
}
