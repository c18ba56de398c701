using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Heads, as last read or written by this process.</summary>
/// <remarks>
/// A remembered head saves the read before a posting. It can be stale, which costs a failed write and one read and nothing else:
/// the ETag guards the write, and no refusal is answered from memory.
/// </remarks>
internal sealed class AccountHeads(BankTables tables)
{
    private const int RememberedAtMost = 10_000;
    private const int Gates = 256;

    private readonly ConcurrentDictionary<AccountId, Head> remembered = new();
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, Gates).Select(_ => new SemaphoreSlim(1, 1))];

    private TableClient Table => tables.Open(LedgerKeys.Table);

    public Head? Recall(AccountId account) => remembered.GetValueOrDefault(account);

    /// <returns>Null when there is no such account.</returns>
    public async Task<Head?> ReadAsync(AccountId account, CancellationToken cancellation)
    {
        var row = await Table.GetEntityIfExistsAsync<TableEntity>(LedgerKeys.Partition(account), LedgerKeys.Head, null, cancellation);
        if (!row.HasValue)
        {
            Forget(account);
            return null;
        }

        var head = Head.From(row.Value!);
        Remember(head);
        return head;
    }

    /// <param name="written">As written, without ETag.</param>
    /// <param name="etag">From the write's answer; without it the head cannot be used again.</param>
    public void Remember(Head written, ETag? etag)
    {
        if (etag is { } known && known != default)
        {
            Remember(written with { ETag = known });
        }
        else
        {
            Forget(written.Id);
        }
    }

    public void Forget(AccountId account) => remembered.TryRemove(account, out _);

    /// <summary>Writers of one account in this process queue here instead of failing each other's writes.</summary>
    public async Task<IDisposable> EnterAsync(AccountId account, CancellationToken cancellation)
    {
        var gate = gates[(uint)account.GetHashCode() % Gates];
        await gate.WaitAsync(cancellation);
        return new Exit(gate);
    }

    private void Remember(Head head)
    {
        if (remembered.Count >= RememberedAtMost)
        {
            // Rare and cheap to be wrong about: the next posting of each account reads its head again.
            remembered.Clear();
        }

        remembered.AddOrUpdate(head.Id, head, (_, known) => known.Sequence > head.Sequence ? known : head);
    }

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
