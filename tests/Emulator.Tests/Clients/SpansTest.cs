using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Tests.Clients;

/// <summary>Spans with the names, kinds and attributes that the official clients give theirs.</summary>
public sealed class SpansTest(StorageFixture azurite) : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivitySource test = new("SpansTest");
    private readonly ActivityListener listener = new();
    private readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();

    public void Dispose()
    {
        listener.Dispose();
        test.Dispose();
    }

    [Fact]
    public async Task A_call_is_named_after_its_client_and_method_and_a_refusal_fails_it_unless_it_is_an_answer()
    {
        var table = new TableClient(azurite.ConnectionString, $"s{Guid.NewGuid():N}");
        var container = new BlobContainerClient(azurite.ConnectionString, $"s{Guid.NewGuid():N}");
        using (Listen())
        {
            await table.CreateIfNotExistsAsync();
            await table.AddEntityAsync(new TableEntity("p", "r"));
            await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r")));
            await table.GetEntityIfExistsAsync<TableEntity>("p", "none");
            await foreach (var _ in table.QueryAsync<TableEntity>())
            {
            }

            await table.SubmitTransactionAsync([new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity("p", "r") { ETag = ETag.All })]);
            await container.CreateAsync();
            await container.GetBlobClient("b").UploadAsync(BinaryData.FromString("x"));
            await container.GetBlobClient("b").DownloadContentAsync();
            await container.DeleteAsync();
            await table.DeleteAsync();
        }

        Assert.Equal(
            [
                "Azure.Data.Tables.TableClient TableClient.CreateIfNotExists Client Microsoft.Tables",
                "Azure.Data.Tables.TableClient TableClient.AddEntity Client Microsoft.Tables",
                "Azure.Data.Tables.TableClient TableClient.AddEntity Client Microsoft.Tables failed 409",
                "Azure.Data.Tables.TableClient TableClient.GetEntityIfExists Client Microsoft.Tables",
                "Azure.Data.Tables.TableClient TableClient.Query Client Microsoft.Tables",
                "Azure.Data.Tables.TableClient TableClient.SubmitTransaction Client Microsoft.Tables",
                "Azure.Storage.Blobs.BlobContainerClient BlobContainerClient.Create Client Microsoft.Storage",
                "Azure.Storage.Blobs.BlobClient BlobClient.Upload Client Microsoft.Storage",
                "Azure.Storage.Blobs.BlobBaseClient BlobBaseClient.DownloadContent Client Microsoft.Storage",
                "Azure.Storage.Blobs.BlobContainerClient BlobContainerClient.Delete Client Microsoft.Storage",
                "Azure.Data.Tables.TableClient TableClient.Delete Client Microsoft.Tables",
            ],
            Told());
    }

    [Fact]
    public async Task A_message_carries_the_place_of_its_own_span_unless_it_has_one_already()
    {
        await using var broker = azurite.NewBroker();
        await broker.Namespace.DeclareQueueAsync("q");
        var (plain, forwarded) = (new ServiceBusMessage("a"), new ServiceBusMessage("b") { ApplicationProperties = { ["Diagnostic-Id"] = "00-11111111111111111111111111111111-2222222222222222-01" } });
        using (Listen())
            await broker.Client.CreateSender("q").SendMessagesAsync([plain, forwarded]);

        Assert.Equal(["Azure.Messaging.ServiceBus.Message Message Producer Microsoft.ServiceBus", "Azure.Messaging.ServiceBus.ServiceBusSender ServiceBusSender.Send Client Microsoft.ServiceBus"], Told());
        var place = ended.Single(span => span.OperationName == "Message").Id;
        Assert.Equal((place, place), (plain.ApplicationProperties["traceparent"], plain.ApplicationProperties["Diagnostic-Id"]));
        Assert.Equal(["Diagnostic-Id"], forwarded.ApplicationProperties.Keys);
    }

    [Fact]
    public async Task What_is_the_emulators_own_is_not_told()
    {
        var table = new TableClient(azurite.ConnectionString, $"s{Guid.NewGuid():N}", ClientDiagnostics.Untraced(new TableClientOptions()));
        using (Listen())
        {
            await table.CreateIfNotExistsAsync();
            await table.DeleteAsync();
        }

        Assert.Empty(Told());
    }

    /// <summary>To this test's own trace, since others run beside it, and see none of it.</summary>
    private Activity? Listen()
    {
        AppContext.SetSwitch("Azure.Experimental.EnableActivitySource", true);
        // The tries beneath a call are told by Azure.Core itself, which is the official one.
        listener.ShouldListenTo = source => source == test || (source.Name.StartsWith("Azure.", StringComparison.Ordinal) && source.Name != "Azure.Core.Http");
        listener.Sample = (ref ActivityCreationOptions<ActivityContext> creation) =>
            creation.Parent.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None;
        listener.ActivityStopped = span =>
        {
            if (span.Source != test)
                ended.Enqueue(span);
        };
        ActivitySource.AddActivityListener(listener);
        return test.StartActivity("root", ActivityKind.Internal, new ActivityContext(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded));
    }

    private string[] Told() =>
        [.. ended.Select(span => $"{span.Source.Name} {span.OperationName} {span.Kind} {span.GetTagItem("az.namespace")}{(span.Status == ActivityStatusCode.Error ? $" failed {span.GetTagItem("error.type")}" : "")}")];
}
