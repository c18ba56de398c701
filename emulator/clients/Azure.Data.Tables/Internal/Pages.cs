namespace Azure.Data.Tables.Internal;

/// <summary>Fetches one page: continuation token and page size in, page out; a null token of the page ends the query.</summary>
internal delegate Page<T> FetchPage<T>(string? continuationToken, int? pageSize);

/// <inheritdoc cref="FetchPage{T}"/>
internal delegate Task<Page<T>> FetchPageAsync<T>(string? continuationToken, int? pageSize);

internal sealed class Pages<T>(FetchPage<T> fetch, int? maxPerPage) : Pageable<T>
    where T : notnull
{
    public override IEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = fetch(continuationToken, pageSizeHint ?? maxPerPage);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}

internal sealed class AsyncPages<T>(FetchPageAsync<T> fetch, int? maxPerPage) : AsyncPageable<T>
    where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var page = await fetch(continuationToken, pageSizeHint ?? maxPerPage).ConfigureAwait(false);
            yield return page;
            continuationToken = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(continuationToken));
    }
}
