using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Serverless.Testing;

/// <summary>The calls of one table, each a call of the probe as it would be over the wire.</summary>
internal sealed class MemoryTableClient(MemoryTableAccount account, string name, StorageProbe? probe) : TableClient
{
    public override string AccountName => "memory";

    public override string Name => name;

    private MemoryTable Table => account.Tables.TryGetValue(name, out var table) ? table : throw MemoryRefusal.TableNotFound();

    public override Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) => Run(cancellationToken, () => Call("POST", "Tables", () =>
        account.Tables.TryAdd(name, new MemoryTable()) ? Response.FromValue(new TableItem(name), new MemoryResponse(204)) : throw MemoryRefusal.TableExists()));

    public override Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) => Run(cancellationToken, () => Call("POST", "Tables", () =>
        Response.FromValue(new TableItem(name), new MemoryResponse(account.Tables.TryAdd(name, new MemoryTable()) ? 204 : 409))));

    public override Task<Response> DeleteAsync(CancellationToken cancellationToken = default) => Run(cancellationToken, () => Call("DELETE", $"Tables('{name}')", () =>
        (Response)new MemoryResponse(account.Tables.TryRemove(name, out _) ? 204 : 404)));

    public override Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        Run(cancellationToken, () => Write("POST", Target, new MemoryChange(TableTransactionActionType.Add, entity, default)));

    public override Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
        ifMatch == default
            ? throw new ArgumentException("Value cannot be an empty ETag; use ETag.All to update unconditionally.", nameof(ifMatch))
            : Write(Verb(mode), TargetOf(entity), new MemoryChange(
                mode == TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace, entity, ifMatch)));

    public override Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
        Write(Verb(mode), TargetOf(entity), new MemoryChange(
            mode == TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity, default)));

    public override Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <summary>Nothing to delete is an answer, not an exception, as the client has it.</summary>
    public override Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
    {
        try
        {
            return Write("DELETE", TargetOf(partitionKey, rowKey), new MemoryChange(
                TableTransactionActionType.Delete, new TableEntity(Key(partitionKey), Key(rowKey)), ifMatch == default ? ETag.All : ifMatch));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return new MemoryResponse(404);
        }
    });

    public override Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
        Call("GET", TargetOf(partitionKey, rowKey), () => Table.Find(Key(partitionKey), Key(rowKey)) is { } row
            ? Response.FromValue(EntityShape.Read<T>(row.Columns(), Columns(select)), new MemoryResponse(200, row.ETag))
            : throw MemoryRefusal.NotFound()));

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
        Call("GET", TargetOf(partitionKey, rowKey), () =>
            account.Tables.TryGetValue(name, out var table) && table.Find(Key(partitionKey), Key(rowKey)) is { } row
                ? (NullableResponse<T>)Response.FromValue(EntityShape.Read<T>(row.Columns(), Columns(select)), new MemoryResponse(200, row.ETag))
                : new NoValue<T>()));

    public override AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        var columns = Columns(select);
        return new MemoryPages<T>(maxPerPage, (token, top) => Run(cancellationToken, () => Call("GET", Target + "()", () =>
        {
            var parsed = TableFilter.Parse(filter);
            var (rows, next) = Table.Query(parsed, token, top ?? MemoryTable.RowsPerPage);
            return Page<T>.FromValues([.. rows.Select(row => EntityShape.Read<T>(row.Columns(), columns))], next, new MemoryResponse(200));
        })));
    }

    public override Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) => Run(cancellationToken, () =>
    {
        var changes = transactionActions.Select(action => new MemoryChange(action)).ToArray();
        if (changes.Length == 0)
        {
            throw new InvalidOperationException("The transaction holds no action.");
        }

        try
        {
            MemoryTable.RefuseSecondPartition(changes);
            return Call("POST", "$batch", () => Response.FromValue<IReadOnlyList<Response>>(
                [.. Table.Apply(changes, isGroup: true).Select(row => new MemoryResponse(204, row?.ETag))], new MemoryResponse(202)));
        }
        catch (RequestFailedException e)
        {
            throw new TableTransactionFailedException(e);
        }
    });

    private Response Write(string method, string target, MemoryChange change) =>
        Call(method, target, () => new MemoryResponse(204, Table.Apply([change], isGroup: false)[0]?.ETag));

    private T Call<T>(string method, string target, Func<T> effect) => probe is null ? effect() : probe.Pass(method, target, effect);

    [SuppressMessage("Design", "CA1068:CancellationToken parameters must come last", Justification = "A lambda of many lines comes last.")]
    private static Task<T> Run<T>(CancellationToken cancellation, Func<T> call)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        try
        {
            return Task.FromResult(call());
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private string Target => name;

    private string TargetOf(ITableEntity entity) => TargetOf(entity.PartitionKey, entity.RowKey);

    /// <summary>The last segment of the address; nobody looks when nobody counts.</summary>
    private string TargetOf(string partition, string row) =>
        probe is null ? name : $"{name}(PartitionKey='{Uri.EscapeDataString(partition ?? "")}',RowKey='{Uri.EscapeDataString(row ?? "")}')";

    private static string Verb(TableUpdateMode mode) => mode == TableUpdateMode.Merge ? "PATCH" : "PUT";

    private static string Key(string? key) => key ?? throw new ArgumentNullException(nameof(key));

    private static HashSet<string>? Columns(IEnumerable<string>? select) => select is null ? null : [.. select];

    private sealed class NoValue<T> : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T? Value => throw new InvalidOperationException("The response has no value: the service answered 404.");

        public override Response GetRawResponse() => new MemoryResponse(404);
    }

    private sealed class MemoryPages<T>(int? maxPerPage, Func<string?, int?, Task<Page<T>>> read) : AsyncPageable<T>
        where T : notnull
    {
        public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            do
            {
                var page = await read(continuationToken, pageSizeHint ?? maxPerPage);
                yield return page;
                continuationToken = page.ContinuationToken;
            }
            while (!string.IsNullOrEmpty(continuationToken));
        }
    }
}
