using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>Instances of one hub in Azurite.</summary>
internal sealed class HubStore(TableClient table, PayloadBlobs blobs)
{
    /// <summary>What a transaction may hold besides the head, the batch and some slack.</summary>
    private const int MaxRowsPerTransaction = 90;
    private const int MaxOutboxChars = 200_000;

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await table.CreateIfNotExistsAsync(cancellation);
        await blobs.PrepareAsync(cancellation);
    }

    /// <summary>The head alone.</summary>
    /// <param name="withPayloads">Read input, output and status from their blobs too.</param>
    public async Task<InstanceRow?> FindAsync(string instanceId, bool withPayloads, CancellationToken cancellation)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(instanceId, HubKeys.Head, cancellationToken: cancellation);
        if (!found.HasValue)
            return null;

        var row = RowMapping.ToInstance(found.Value!);
        if (withPayloads)
            await blobs.ReadAsync([row.Input, row.Output, row.CustomStatus], cancellation);
        return row;
    }

    /// <summary>Head, history of the current run and inbox. Null for an unknown instance.</summary>
    public async Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        InstanceRow? row = null;
        List<TableEntity> others = [];
        await foreach (var entity in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {instanceId}"), cancellationToken: cancellation))
        {
            if (entity.RowKey == HubKeys.Head)
                row = RowMapping.ToInstance(entity);
            else
                others.Add(entity);
        }

        if (row is null)
            return null;

        List<HistoryEvent> history = [];
        for (var step = 0; step < row.Steps; step++)
        {
            var key = HubKeys.History(row.Run, step);
            var batch = others.Find(entity => entity.RowKey == key)
                ?? throw new InvalidOperationException($"Batch {step} of the history of instance '{instanceId}' is missing.");
            history.AddRange(HistoryJson.Read<List<HistoryEvent>>(await TextAsync(batch, "Events", cancellation)));
        }

        var inboxPrefix = HubKeys.Inbox(row.Run.Incarnation, "");
        List<InboxMessage> inbox = [];
        foreach (var entity in others.Where(entity => entity.RowKey.StartsWith(inboxPrefix, StringComparison.Ordinal)))
        {
            var content = HistoryJson.Read<HistoryEvent>(await TextAsync(entity, "Message", cancellation));
            inbox.Add(new(entity.RowKey[inboxPrefix.Length..], content));
        }

        IEnumerable<HistoryEvent> events = [.. history, .. inbox.Select(message => message.Content), .. row.Outbox.Select(message => message.Content)];
        await blobs.ReadAsync([row.Input, row.Output, row.CustomStatus, .. events.Select(happened => happened.Data())], cancellation);
        return new(row, history, inbox);
    }

    /// <returns>The row as stored, and false when the id is taken: then the row is the other one.</returns>
    public async Task<(InstanceRow Row, bool IsNew)> CreateAsync(InstanceRow row, CancellationToken cancellation)
    {
        await blobs.WriteLongAsync(row.InstanceId, [row.Input], cancellation);
        while (true)
        {
            try
            {
                var response = await table.AddEntityAsync(RowMapping.ToEntity(row), cancellation);
                return (row with { ETag = response.Headers.ETag!.Value }, true);
            }
            catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                // Either it is taken, or the answer to an earlier try of this call was lost, or it has just been purged.
                if (await FindAsync(row.InstanceId, withPayloads: true, cancellation) is { } found)
                    return found.Creation == row.Creation && found.Steps == 0 ? (row with { ETag = found.ETag }, true) : (found, false);
            }
        }
    }

    /// <summary>Applies all of the change or nothing.</summary>
    /// <exception cref="LostRaceException">The head is not as it was read, or a consumed message is gone.</exception>
    public async Task<InstanceRow> ApplyAsync(InstanceChange change, CancellationToken cancellation)
    {
        var row = change.Row;
        await WriteLongAsync(change, cancellation);
        List<TableTransactionAction> actions = [new(TableTransactionActionType.UpdateReplace, RowMapping.ToEntity(row), row.ETag)];
        if (change.Appended is { } events)
        {
            var batch = new TableEntity(row.InstanceId, HubKeys.History(row.Run, row.Steps - 1));
            await PutTextAsync(batch, "Events", HistoryJson.Write(events), cancellation);
            actions.Add(new(TableTransactionActionType.Add, batch));
        }

        foreach (var key in change.ConsumedKeys)
            actions.Add(Delete(row.InstanceId, HubKeys.Inbox(row.Run.Incarnation, key)));

        // Rows of an ended run are not read again; what does not fit here goes with the instance's purge.
        if (change.EndedRun is { } ended)
        {
            for (var step = 0; step < change.EndedRunSteps && actions.Count < MaxRowsPerTransaction; step++)
                actions.Add(Delete(row.InstanceId, HubKeys.History(ended, step)));
        }

        try
        {
            if (actions.Count == 1)
            {
                var single = await table.UpdateEntityAsync(actions[0].Entity, row.ETag, TableUpdateMode.Replace, cancellation);
                return row with { ETag = single.Headers.ETag!.Value };
            }

            var responses = await table.SubmitTransactionAsync(actions, cancellation);
            return row with { ETag = responses.Value[0].Headers.ETag!.Value };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            throw new LostRaceException(row.InstanceId, e);
        }
    }

    /// <summary>Adds a message to the inbox of that incarnation; adding it again changes nothing.</summary>
    public async Task AddMessageAsync(string instanceId, int incarnation, InboxMessage message, CancellationToken cancellation)
    {
        try
        {
            await blobs.WriteLongAsync(instanceId, [message.Content.Data()], cancellation);
            await table.AddEntityAsync(await ToEntityAsync(instanceId, incarnation, message, cancellation), cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == TableErrorCode.EntityAlreadyExists)
        {
            // The retry of a call whose answer was lost, or a second delivery.
        }
    }

    /// <summary>Takes away all that is left of an instance, its head last.</summary>
    public async Task<bool> DeleteAsync(string instanceId, CancellationToken cancellation)
    {
        var keys = await KeysAsync(instanceId, cancellation);
        await DeleteRowsAsync(instanceId, keys.Where(key => key != HubKeys.Head), cancellation);
        await blobs.DeleteAllAsync(instanceId, cancellation);
        if (!keys.Contains(HubKeys.Head))
            return false;

        await table.DeleteEntityAsync(instanceId, HubKeys.Head, cancellationToken: cancellation);
        return true;
    }

    /// <summary>Takes away inbox and history rows of earlier runs and of a finished one's inbox.</summary>
    public async Task DeleteLeftoversAsync(InstanceRow current, CancellationToken cancellation)
    {
        var history = HubKeys.History(current.Run, 0)[..^8];
        var inbox = HubKeys.Inbox(current.Run.Incarnation, "");
        var keys = await KeysAsync(current.InstanceId, cancellation);
        await DeleteRowsAsync(
            current.InstanceId,
            keys.Where(key => key != HubKeys.Head
                && !key.StartsWith(history, StringComparison.Ordinal)
                && (current.IsFinished || !key.StartsWith(inbox, StringComparison.Ordinal))),
            cancellation);
    }

    /// <summary>One page of heads, in order of id.</summary>
    public async Task<(IReadOnlyList<InstanceRow> Rows, string? Next)> QueryAsync(
        string filter, int pageSize, string? token, bool withPayloads, CancellationToken cancellation)
    {
        List<InstanceRow> rows = [];
        await foreach (var page in table.QueryAsync<TableEntity>(filter, pageSize, cancellationToken: cancellation)
            .AsPages(token, pageSize).WithCancellation(cancellation))
        {
            rows.AddRange(page.Values.Select(RowMapping.ToInstance));
            token = page.ContinuationToken;

            // A page may be short without being the last.
            if (rows.Count > 0 || token is null)
                break;
        }

        if (withPayloads)
            await blobs.ReadAsync(rows.SelectMany(row => new[] { row.Input, row.Output, row.CustomStatus }), cancellation);
        return (rows, string.IsNullOrEmpty(token) ? null : token);
    }

    private static TableTransactionAction Delete(string instanceId, string rowKey) =>
        new(TableTransactionActionType.Delete, new TableEntity(instanceId, rowKey), ETag.All);

    private async Task WriteLongAsync(InstanceChange change, CancellationToken cancellation)
    {
        var row = change.Row;
        Payload?[] sent = [.. row.Outbox.Select(message => message.Content.Data())];
        Payload?[] events = [.. (change.Appended ?? []).Select(happened => happened.Data())];
        await blobs.WriteLongAsync(row.InstanceId, [row.Input, row.Output, row.CustomStatus, .. sent, .. events], cancellation);

        // Many short messages together may be too long for the head, which carries them all.
        if (sent.Sum(payload => payload is { Blob: null } ? payload.Text.Length : 0) > MaxOutboxChars)
            await blobs.WriteLongAsync(row.InstanceId, sent, cancellation, MaxOutboxChars / 1000);
    }

    private async Task<TableEntity> ToEntityAsync(string instanceId, int incarnation, InboxMessage message, CancellationToken cancellation)
    {
        var entity = new TableEntity(instanceId, HubKeys.Inbox(incarnation, message.Key));
        await PutTextAsync(entity, "Message", HistoryJson.Write(message.Content), cancellation);
        return entity;
    }

    private async Task PutTextAsync(TableEntity entity, string name, string text, CancellationToken cancellation)
    {
        if (text.Length <= RowMapping.MaxTextChars)
            RowMapping.PutText(entity, name, text);
        else
            entity[name + "Blob"] = await blobs.WriteAsync(entity.PartitionKey, text, cancellation);
    }

    private async Task<string> TextAsync(TableEntity entity, string name, CancellationToken cancellation) =>
        entity.GetString(name + "Blob") is { } blob
            ? await blobs.ReadAsync(blob, cancellation)
            : RowMapping.GetText(entity, name)!;

    private async Task<List<string>> KeysAsync(string instanceId, CancellationToken cancellation)
    {
        List<string> keys = [];
        await foreach (var entity in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {instanceId}"), select: ["PartitionKey", "RowKey"], cancellationToken: cancellation))
            keys.Add(entity.RowKey);
        return keys;
    }

    private async Task DeleteRowsAsync(string instanceId, IEnumerable<string> keys, CancellationToken cancellation)
    {
        foreach (var key in keys)
            await table.DeleteEntityAsync(instanceId, key, cancellationToken: cancellation);
    }
}
