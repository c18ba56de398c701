using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Newsletter;

namespace Serverless.Functions.Newsletter;

public sealed class SendNewslettersTimer(SendNewsletters send)
{
    [Function("Newsletter_Send")]
    public Task RunAsync([TimerTrigger("%NewsletterSendSchedule%")] TimerInfo timer, CancellationToken cancellation) => send.RunAsync(cancellation);
}
