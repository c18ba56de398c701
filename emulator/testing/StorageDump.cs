using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator;

/// <summary>Everything that one host has in its storage account, to look for what should not be there.</summary>
public static class StorageDump
{
    /// <summary>Rows with all their columns, messages that are visible, blobs with their names; each with where it is.</summary>
    /// <param name="connectionString">Of the account.</param>
    /// <param name="prefix">The host's (<see cref="FunctionsTestHostOptions.Prefix"/>); what does not have it in its name is another's.</param>
    public static async IAsyncEnumerable<(string Place, byte[] Content)> ReadAsync(string connectionString, string prefix)
    {
        var tables = new TableServiceClient(connectionString);
        await foreach (var table in tables.QueryAsync(filter: (string?)null))
        {
            if (!IsOwn(table.Name))
                continue;
            await foreach (var row in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(filter: (string?)null))
            {
                var place = $"table {table.Name} {row.PartitionKey}/{row.RowKey}";
                yield return (place, Encoding.UTF8.GetBytes(string.Join('\n', row.Where(column => column.Value is not byte[]).Select(Text))));
                foreach (var (name, value) in row.Where(column => column.Value is byte[]))
                    yield return ($"{place} {name}", (byte[])value);
            }
        }

        var queues = new QueueServiceClient(connectionString);
        await foreach (var queue in queues.GetQueuesAsync())
        {
            if (!IsOwn(queue.Name))
                continue;
            foreach (var message in await queues.GetQueueClient(queue.Name).PeekMessagesAsync(QueueClient.MaxMessages))
            {
                var body = message.Body.ToArray();
                yield return ($"queue {queue.Name} {message.MessageId}", body);
                if (Decoded(message.Body.ToString()) is { } decoded)
                    yield return ($"queue {queue.Name} {message.MessageId}", decoded);
            }
        }

        var blobs = new BlobServiceClient(connectionString);
        await foreach (var container in blobs.GetBlobContainersAsync())
        {
            // Another host's container may be erased while it is listed.
            if (!IsOwn(container.Name) && !IsShared(container.Name))
                continue;
            var client = blobs.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync())
            {
                if (IsOwn(container.Name) || IsOwn(blob.Name))
                    yield return ($"blob {container.Name}/{blob.Name}", (await client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
            }
        }

        bool IsOwn(string name) => name.Contains(prefix, StringComparison.OrdinalIgnoreCase);

        // The Functions host keeps locks, timers' states and keys of all hosts of an account in containers of these names.
        static bool IsShared(string name) => name.StartsWith("azure-webjobs-", StringComparison.Ordinal);
    }

    private static string Text(KeyValuePair<string, object> column) => $"{column.Key}={string.Create(CultureInfo.InvariantCulture, $"{column.Value}")}";

    private static byte[]? Decoded(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
