using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.PublicChats;

namespace Serverless.Functions.PublicChats;

public sealed class EraseChatsTimer(EraseChats erase, TimeProvider time)
{
    [Function("PublicChats_Erase")]
    public Task RunAsync([TimerTrigger("%PublicChatsEraseSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        erase.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
