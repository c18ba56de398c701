using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <content>Many rows, page by page, ordered by partition and row key.</content>
public partial class TableClient
{
    /// <param name="filter">OData; null for the whole table.</param>
    /// <param name="maxPerPage">At most 1000, which is also the default.</param>
    public virtual Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var columns = Joined(select);
        return new Pages<T>(
            (token, top) =>
            {
                using var message = QueryPage(filter, top, columns, token);
                _requests.Send(message, cancellationToken);
                return PageOf<T>(message);
            },
            maxPerPage);
    }

    /// <inheritdoc cref="Query{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        Query<T>(QueryFilter.Of(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="Query{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var columns = Joined(select);
        return new AsyncPages<T>(
            async (token, top) =>
            {
                using var message = QueryPage(filter, top, columns, token);
                await _requests.SendAsync(message, cancellationToken).ConfigureAwait(false);
                return PageOf<T>(message);
            },
            maxPerPage);
    }

    /// <inheritdoc cref="Query{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        QueryAsync<T>(QueryFilter.Of(filter), maxPerPage, select, cancellationToken);

    private HttpMessage QueryPage(string? filter, int? top, string? select, string? continuationToken)
    {
        var keys = continuationToken?.Split(' ', 2);
        return _requests.QueryEntities(Name, filter, top, select, keys?[0], keys is [_, var rowKey] ? rowKey : null);
    }

    /// <summary>The token of a page is <c>NextPartitionKey NextRowKey</c>, both opaque and without blanks.</summary>
    private static Page<T> PageOf<T>(HttpMessage message)
        where T : class, ITableEntity
    {
        var response = message.Succeeded();
        var rows = EntityJson.DeserializePage<T>(response.Content.ToMemory().Span);
        string? next = null;
        if (response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partitionKey))
        {
            response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var rowKey);
            next = $"{partitionKey} {rowKey}";
        }

        return Page<T>.FromValues(rows, next, response);
    }
}
