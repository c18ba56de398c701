using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Storage;

/// <summary>Writes whose condition may not hold any more, because somebody else was first: an answer, not a fault.</summary>
internal static class ConditionalWrites
{
    /// <returns>False when the row is there already.</returns>
    public static Task<bool> TryAddAsync<T>(this TableClient table, T row, CancellationToken cancellation) where T : ITableEntity =>
        UnlessAsync(StorageFaults.IsConflict, () => table.AddEntityAsync(row, cancellation));

    /// <returns>False when the row has been changed since it was read, or is gone.</returns>
    public static Task<bool> TryUpdateAsync<T>(this TableClient table, T row, ETag etag, TableUpdateMode mode, CancellationToken cancellation) where T : ITableEntity =>
        UnlessAsync(StorageFaults.IsStale, () => table.UpdateEntityAsync(row, etag, mode, cancellation));

    /// <param name="read">What it was read with; null for a new row.</param>
    /// <returns>False when somebody else was first.</returns>
    public static Task<bool> TryWriteAsync<T>(this TableClient table, T row, ETag? read, CancellationToken cancellation) where T : ITableEntity =>
        read is { } etag ? table.TryUpdateAsync(row, etag, TableUpdateMode.Replace, cancellation) : table.TryAddAsync(row, cancellation);

    /// <returns>False when the row has been changed since it was read, or is gone.</returns>
    public static Task<bool> TryDeleteAsync(this TableClient table, string partition, string row, ETag etag, CancellationToken cancellation) =>
        UnlessAsync(StorageFaults.IsStale, () => table.DeleteEntityAsync(partition, row, etag, cancellation));

    /// <summary>For a group of additions.</summary>
    /// <returns>False when one of the rows is there already; nothing was written.</returns>
    public static Task<bool> TryAddAllAsync(this TableClient table, IEnumerable<TableTransactionAction> additions, CancellationToken cancellation) =>
        UnlessAsync(StorageFaults.IsConflict, () => table.SubmitTransactionAsync(additions, cancellation));

    /// <returns>False when one of the rows is there already, has been changed since it was read, or is gone; nothing was written.</returns>
    public static Task<bool> TrySubmitAsync(this TableClient table, IEnumerable<TableTransactionAction> actions, CancellationToken cancellation) =>
        UnlessAsync(e => StorageFaults.IsConflict(e) || StorageFaults.IsStale(e), () => table.SubmitTransactionAsync(actions, cancellation));

    private static async Task<bool> UnlessAsync(Func<Exception, bool> isLost, Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException e) when (isLost(e))
        {
            return false;
        }
    }
}
