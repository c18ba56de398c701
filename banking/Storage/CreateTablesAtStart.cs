using Microsoft.Extensions.Hosting;

namespace Serverless.Banking.Storage;

/// <summary>Lets an empty storage account serve the first request.</summary>
internal sealed class CreateTablesAtStart(BankTables tables) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => tables.CreateMissingAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
