using Azure.Data.Tables;

[assembly: AssemblyFixture(typeof(Serverless.Emulator.Tests.Clients.Tables.TableFixture))]

namespace Serverless.Emulator.Tests.Clients.Tables;

/// <summary>The process's Azurite; every test makes tables of its own.</summary>
public sealed class TableFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = (await AzuriteServer.SharedAsync()).ConnectionString;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public TableServiceClient Service(TableClientOptions? options = null) => new(ConnectionString, options);

    /// <summary>A table that no other test knows, created.</summary>
    public async Task<TableClient> NewTableAsync(TableClientOptions? options = null)
    {
        await Service().CreateTableAsync(NewName(out var name));
        return Service(options).GetTableClient(name);
    }

    public static string NewName(out string name) => name = $"t{Guid.NewGuid():N}";
}
