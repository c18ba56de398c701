using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Http;

internal static class AcceptLanguage
{
    /// <summary>The best language that the caller wants and the bank speaks; English when there is none, since then a developer is reading.</summary>
    public static Language Of(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted)
            ? wanted.Where(w => w.Quality is null or > 0)
                .OrderByDescending(w => w.Quality ?? 1)
                .Select(w => Languages.Find(w.Value.Value?.Split('-')[0].ToLowerInvariant()))
                .FirstOrDefault(language => language is not null) ?? Language.English
            : Language.English;
}
