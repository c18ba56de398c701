using System.Net.Sockets;
using Azure.Data.Tables;

namespace Serverless.Emulator.Tests.Clients.Tables;

public sealed class AzuriteServerTest
{
    [Fact]
    public async Task A_server_answers_on_ports_of_its_own_until_it_is_disposed_of()
    {
        var server = await AzuriteServer.StartAsync(cancellation: TestContext.Current.CancellationToken);
        var service = new TableServiceClient(server.ConnectionString);
        await service.CreateTableAsync("alive", TestContext.Current.CancellationToken);

        await server.DisposeAsync();

        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () => await client.ConnectAsync("127.0.0.1", service.Uri.Port, TestContext.Current.CancellationToken));
    }
}
