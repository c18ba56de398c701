using System.Runtime.CompilerServices;
using Azure.Core;
using Serverless.Emulator.Storage;

namespace Serverless.Emulator.Queues;

/// <summary>The queues of one storage account. Make one per account and share it; it holds the pipeline.</summary>
internal sealed class QueueServiceClient
{
    private readonly Uri _endpoint;
    private readonly QueueClientOptions _options;
    private readonly QueueRest _rest;

    /// <exception cref="FormatException">The connection string cannot be read or has no queue endpoint.</exception>
    public QueueServiceClient(string connectionString, QueueClientOptions? options = null)
    {
        var account = StorageConnectionString.Parse(connectionString);
        _endpoint = account.QueueEndpoint ?? throw new FormatException("The storage connection string has no queue endpoint.");
        _options = options ?? new QueueClientOptions();
        _rest = new QueueRest(StoragePipeline.Build(_options, StoragePipeline.Authorize(account.Credential)), account.SharedAccessSignature);
    }

    internal Uri Endpoint => _endpoint;

    public QueueClient GetQueueClient(string queueName) => new(_rest, _endpoint, queueName, _options.MessageEncoding);

    /// <summary>All queues whose name starts with the prefix, by name, with their metadata.</summary>
    public async IAsyncEnumerable<QueueItem> GetQueuesAsync(string? prefix = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? marker = null;
        do
        {
            using var message = _rest.Create(RequestMethod.Get, _endpoint, null, null,
                ("comp", "list"), ("include", "metadata"), ("prefix", prefix), ("marker", marker));
            var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
            var page = QueueXml.ReadQueues(response.Content);
            foreach (var item in page.Items)
                yield return item;
            marker = page.NextMarker;
        }
        while (!string.IsNullOrEmpty(marker));
    }
}
