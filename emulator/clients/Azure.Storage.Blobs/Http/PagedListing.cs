using System.Runtime.CompilerServices;
using Azure;

namespace Serverless.Emulator.Storage;

/// <summary>A listing that fetches page by page as it is enumerated; the first request goes out with the first step.</summary>
/// <param name="fetch">Marker (null for the first page), page size hint, cancellation.</param>
internal sealed class PagedListing<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken) where T : notnull
{
    public override async IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        await foreach (var page in PagesAsync(continuationToken, pageSizeHint, CancellationToken).ConfigureAwait(false))
            yield return page;
    }

    private async IAsyncEnumerable<Page<T>> PagesAsync(string? token, int? pageSizeHint, [EnumeratorCancellation] CancellationToken cancellation)
    {
        do
        {
            var page = await fetch(token, pageSizeHint, cancellation).ConfigureAwait(false);
            yield return page;
            token = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
