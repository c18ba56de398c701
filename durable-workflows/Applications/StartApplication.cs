using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Workflows.CardApplications;
using Serverless.Workflows.OverdraftApplications;

namespace Serverless.Workflows.Applications;

/// <summary>Starts and wakes the workflow of an application.</summary>
public sealed class StartApplication
{
    public static string InstanceId(Guid application) => application.ToString("N");

    /// <returns>The application itself.</returns>
    public async Task<Result<ProductApplication>> OfAsync(DurableTaskClient client, ProductApplication application)
    {
        await MissingAsync(client, [application], CancellationToken.None);
        return application;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<ProductApplication> open, CancellationToken cancellation)
    {
        foreach (var it in open)
        {
            var orchestrator = it.Product == ApplicationProduct.CreditCard ? CardApplicationOrchestrator.Name : OverdraftApplicationOrchestrator.Name;
            await client.StartMissingAsync(orchestrator, InstanceId(it.Id), it.Id, cancellation);
        }
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<ProductApplication>> WakeAsync(DurableTaskClient client, ProductApplication application)
    {
        await WakeAsync(client, application.Id);
        return application;
    }

    /// <inheritdoc cref="WakeAsync(DurableTaskClient, ProductApplication)"/>
    public Task WakeAsync(DurableTaskClient client, Guid application) => client.WakeAsync(InstanceId(application), Course.Changed, CancellationToken.None);
}
