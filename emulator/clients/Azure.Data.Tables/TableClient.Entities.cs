using Azure.Core;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <content>One row: add, get, update, upsert, delete.</content>
public partial class TableClient
{
    /// <exception cref="RequestFailedException">409 EntityAlreadyExists, also when an earlier try of the same call was applied and its answer lost.</exception>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.InsertEntity(Name, Keyed(entity));
        _requests.Send(message, cancellationToken);
        return message.Succeeded();
    }

    /// <inheritdoc cref="AddEntity{T}"/>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.InsertEntity(Name, Keyed(entity));
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Succeeded();
    }

    /// <param name="select">The columns to return; null for all.</param>
    /// <exception cref="RequestFailedException">404 ResourceNotFound.</exception>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Get(partitionKey, rowKey, select);
        _requests.Send(message, cancellationToken);
        return Found<T>(message);
    }

    /// <inheritdoc cref="GetEntity{T}"/>
    public virtual async Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Get(partitionKey, rowKey, select);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return Found<T>(message);
    }

    /// <returns>A response without a value for a missing row, or a missing table.</returns>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Get(partitionKey, rowKey, select);
        _requests.Send(message, cancellationToken);
        return message.Response.Status == 404 ? new NoValueResponse<T>(message.Response) : Found<T>(message);
    }

    /// <inheritdoc cref="GetEntityIfExists{T}"/>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        using var message = Get(partitionKey, rowKey, select);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response.Status == 404 ? new NoValueResponse<T>(message.Response) : Found<T>(message);
    }

    /// <param name="ifMatch">Required; <see cref="ETag.All"/> to update whatever is there.</param>
    /// <exception cref="RequestFailedException">404 ResourceNotFound; 412 UpdateConditionNotSatisfied.</exception>
    public virtual Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.WriteEntity(Name, Keyed(entity), mode, Given(ifMatch));
        _requests.Send(message, cancellationToken);
        return message.Succeeded();
    }

    /// <inheritdoc cref="UpdateEntity{T}"/>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.WriteEntity(Name, Keyed(entity), mode, Given(ifMatch));
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Succeeded();
    }

    public virtual Response UpsertEntity<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.WriteEntity(Name, Keyed(entity), mode, null);
        _requests.Send(message, cancellationToken);
        return message.Succeeded();
    }

    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        using var message = _requests.WriteEntity(Name, Keyed(entity), mode, null);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Succeeded();
    }

    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntity(Keyed(entity).PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        DeleteEntityAsync(Keyed(entity).PartitionKey, entity.RowKey, ifMatch, cancellationToken);

    /// <param name="ifMatch">The default deletes unconditionally.</param>
    /// <returns>The answer, 404 among them: a row that is not there is no error.</returns>
    /// <exception cref="RequestFailedException">412 UpdateConditionNotSatisfied.</exception>
    public virtual Response DeleteEntity(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = Deletion(partitionKey, rowKey, ifMatch);
        _requests.Send(message, cancellationToken);
        return message.SucceededOrMissing();
    }

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        using var message = Deletion(partitionKey, rowKey, ifMatch);
        await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.SucceededOrMissing();
    }

    private HttpMessage Get(string partitionKey, string rowKey, IEnumerable<string>? select)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return _requests.GetEntity(Name, partitionKey, rowKey, Joined(select));
    }

    private HttpMessage Deletion(string partitionKey, string rowKey, ETag ifMatch)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return _requests.DeleteEntity(Name, partitionKey, rowKey, ifMatch == default ? ETag.All : ifMatch);
    }

    private static Response<T> Found<T>(HttpMessage message)
        where T : class, ITableEntity
    {
        var response = message.Succeeded();
        return Response.FromValue(EntityJson.Deserialize<T>(response.Content.ToMemory().Span), response);
    }

    private static ITableEntity Keyed(ITableEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        return entity;
    }

    private static ETag Given(ETag ifMatch) => ifMatch == default
        ? throw new ArgumentException("Value cannot be an empty ETag; use ETag.All to update unconditionally.", nameof(ifMatch))
        : ifMatch;

    private static string? Joined(IEnumerable<string>? select) => select is null ? null : string.Join(',', select);
}
