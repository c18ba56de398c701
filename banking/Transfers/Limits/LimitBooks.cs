using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Transfers;

/// <summary>Books of limits as last read or written by this process. A stale one costs a failed write and a read, never a wrong answer.</summary>
internal sealed class LimitBooks(BankTables tables)
{
    private const int RememberedAtMost = 10_000;
    private const int Gates = 256;

    private readonly ConcurrentDictionary<CustomerId, LimitBook> remembered = new();
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1, 1))];

    public LimitBook? Recall(CustomerId customer) => remembered.GetValueOrDefault(customer);

    public async Task<LimitBook> ReadAsync(CustomerId customer, CancellationToken cancellation)
    {
        var row = await tables.Open(TransferKeys.Table).GetEntityIfExistsAsync<TableEntity>(
            TransferKeys.Partition(customer), TransferKeys.Limits, null, cancellation);
        return row.HasValue ? LimitBook.From(row.Value!) : LimitBook.New(customer);
    }

    /// <param name="etag">From the write's answer; without it the book cannot be used again.</param>
    public void Remember(LimitBook written, ETag? etag)
    {
        if (etag is not { } known || known == default)
        {
            Forget(written.Customer);
            return;
        }

        if (remembered.Count >= RememberedAtMost)
            remembered.Clear();
        remembered[written.Customer] = written with { ETag = known };
    }

    public void Forget(CustomerId customer) => remembered.TryRemove(customer, out _);

    /// <summary>Orders of one customer in this process queue here instead of failing each other's writes.</summary>
    public async Task<IDisposable> EnterAsync(CustomerId customer)
    {
        var gate = gates[(uint)customer.GetHashCode() % Gates];
        await gate.WaitAsync();
        return new Exit(gate);
    }

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
