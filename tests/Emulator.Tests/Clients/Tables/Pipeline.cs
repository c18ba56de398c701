using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;

namespace Serverless.Emulator.Tests.Clients.Tables;

/// <summary>Credentials, policies and retries of the pipeline.</summary>
public sealed class Pipeline(TableFixture azurite)
{
    [Fact]
    public async Task A_policy_per_call_sees_each_operation_once_and_a_policy_per_retry_each_try()
    {
        var calls = new Counter();
        var tries = new Counter();
        var options = Quick();
        options.AddPolicy(calls, HttpPipelinePosition.PerCall);
        options.AddPolicy(tries, HttpPipelinePosition.PerRetry);
        options.AddPolicy(new FailFirst(2, afterEffect: false), HttpPipelinePosition.PerRetry);
        var table = await azurite.NewTableAsync(options);

        await table.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal((1, 3), (calls.Count, tries.Count));
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task The_retry_of_an_add_that_was_applied_but_not_answered_is_409()
    {
        var options = Quick();
        options.AddPolicy(new FailFirst(1, afterEffect: true), HttpPipelinePosition.PerRetry);
        var table = await azurite.NewTableAsync(options);

        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));

        Assert.Equal(409, refused.Status);
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task A_SAS_gives_the_rights_it_names_and_no_others()
    {
        var owner = await azurite.NewTableAsync();
        await owner.AddEntityAsync(new TableEntity("p", "r"));
        var readOnly = owner.GenerateSasUri(TableSasPermissions.Read, DateTimeOffset.UtcNow.AddHours(1));
        var signature = readOnly.Query.TrimStart('?');
        var endpoint = azurite.Service().Uri;

        foreach (var table in new[]
        {
            new TableClient(readOnly),
            new TableClient(owner.Uri, new AzureSasCredential(signature)),
            new TableServiceClient(endpoint, new AzureSasCredential(signature)).GetTableClient(owner.Name),
            new TableClient($"TableEndpoint={endpoint};SharedAccessSignature={signature}", owner.Name),
        })
        {
            Assert.Equal((owner.Name, owner.AccountName), (table.Name, table.AccountName));
            Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
            Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "s")))).Status);
        }
    }

    [Fact]
    public async Task A_wrong_key_is_403()
    {
        var endpoint = azurite.Service().Uri;
        var table = new TableServiceClient(endpoint, new TableSharedKeyCredential("devstoreaccount1", "d3Jvbmc=")).GetTableClient("any");

        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => table.CreateAsync())).Status);
    }

    [Theory]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10002/devstoreaccount1")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=bank;AccountKey=a2V5;EndpointSuffix=core.windows.net", "https://bank.table.core.windows.net/")]
    [InlineData("AccountName=bank;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/bank/;BlobEndpoint=http://127.0.0.1:2/bank", "http://127.0.0.1:1/bank")]
    public void A_connection_string_names_the_endpoint(string connectionString, string endpoint) =>
        Assert.Equal(new Uri(endpoint), new TableServiceClient(connectionString).Uri);

    [Theory]
    [InlineData("AccountName")]
    [InlineData("AccountName=bank")]
    [InlineData("TableEndpoint=http://127.0.0.1:1/bank")]
    public void A_connection_string_without_endpoint_or_credential_is_refused(string connectionString) =>
        Assert.Throws<FormatException>(() => new TableServiceClient(connectionString));

    [Fact]
    public async Task A_cancelled_call_is_not_sent()
    {
        var table = await azurite.NewTableAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => table.AddEntityAsync(new TableEntity("p", "r"), new CancellationToken(canceled: true)));

        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public async Task Clients_can_be_derived_from_for_a_test()
    {
        TableClient table = new Stub();

        Assert.Equal("stub", (await table.GetEntityAsync<TableEntity>("p", "r")).Value.RowKey);
        Assert.Equal("t", TableModelFactory.TableItem("t").Name);
    }

    private static TableClientOptions Quick() => new() { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxRetries = 3 } };

    private sealed class Stub : TableClient
    {
        public override Task<Response<T>> GetEntityAsync<T>(
            string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(Response.FromValue((T)(ITableEntity)new TableEntity("p", "stub"), null!));
    }

    private sealed class Counter : HttpPipelineSynchronousPolicy
    {
        public int Count { get; private set; }

        public override void OnSendingRequest(HttpMessage message) => Count++;
    }

    /// <summary>Breaks the connection of the first tries, before the service sees them or after it has answered.</summary>
    private sealed class FailFirst(int tries, bool afterEffect) : HttpPipelinePolicy
    {
        private int _left = tries;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var fails = _left-- > 0;
            if (!fails || afterEffect)
                await ProcessNextAsync(message, pipeline);
            if (fails)
                throw new IOException("The connection was broken.");
        }
    }
}
