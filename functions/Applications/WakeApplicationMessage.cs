using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Applications;
using Serverless.Banking.Messages;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

/// <summary>Wakes the workflow of an application that has news.</summary>
public sealed class WakeApplicationMessage(StartApplication workflow)
{
    [Function("Applications_Wake")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.Applications, Connection = "ServiceBus")] ApplicationDue due, [DurableClient] DurableTaskClient client) =>
        workflow.WakeAsync(client, due.Application);
}
