using Azure;
using Azure.Data.Tables;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>Puts and takes away rows of one partition; what is asked for at the same time goes in one transaction.</summary>
internal sealed class IndexWriter(TableClient table, string partition)
{
    private const int MaxRows = 100;

    private readonly Lock sync = new();
    private Dictionary<string, Write> waiting = new(StringComparer.Ordinal);
    private bool isWriting;

    public Task PutAsync(TableEntity row) => AddAsync(row.RowKey, row);

    /// <summary>A row that is not there is fine.</summary>
    public Task RemoveAsync(string rowKey) => AddAsync(rowKey, null);

    private Task AddAsync(string rowKey, TableEntity? row)
    {
        Write write;
        lock (sync)
        {
            // The later wish for a row replaces the earlier one, and both are done when it is.
            var before = waiting.GetValueOrDefault(rowKey);
            write = new(row, before?.Done ?? new(TaskCreationOptions.RunContinuationsAsynchronously));
            waiting[rowKey] = write;
            if (isWriting)
                return write.Done.Task;
            isWriting = true;
        }

        _ = Task.Run(WriteAllAsync);
        return write.Done.Task;
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            List<KeyValuePair<string, Write>> batch;
            lock (sync)
            {
                if (waiting.Count == 0)
                {
                    isWriting = false;
                    return;
                }

                batch = [.. waiting.Take(MaxRows)];
                if (batch.Count == waiting.Count)
                    waiting = new(StringComparer.Ordinal);
                else
                    batch.ForEach(taken => waiting.Remove(taken.Key));
            }

            await WriteAsync(batch);
        }
    }

    private async Task WriteAsync(List<KeyValuePair<string, Write>> batch)
    {
        try
        {
            if (batch.Count > 1 && await TryTogetherAsync(batch))
                batch.ForEach(entry => entry.Value.Done.TrySetResult());
            else
                await Task.WhenAll(batch.Select(OneAsync));
        }
        catch (Exception e)
        {
            batch.ForEach(entry => entry.Value.Done.TrySetException(e));
        }
    }

    /// <returns>False when a row to take away was not there, which refuses the whole transaction.</returns>
    private async Task<bool> TryTogetherAsync(List<KeyValuePair<string, Write>> batch)
    {
        try
        {
            await table.SubmitTransactionAsync(batch.Select(entry => entry.Value.Row is { } row
                ? new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)
                : new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, entry.Key), ETag.All)));
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            return false;
        }
    }

    private async Task OneAsync(KeyValuePair<string, Write> entry)
    {
        if (entry.Value.Row is { } row)
            await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
        else
            await table.DeleteEntityAsync(partition, entry.Key);
        entry.Value.Done.TrySetResult();
    }

    private sealed record Write(TableEntity? Row, TaskCompletionSource Done);
}
