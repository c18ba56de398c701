using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Serverless.Functions.Http;

/// <summary>A language that the bank speaks.</summary>
public sealed record Language
{
    private Language(string code) => Code = code;

    /// <summary>ISO 639-1.</summary>
    public string Code { get; }

    public static Language Albanian { get; } = new("sq");

    public static Language English { get; } = new("en");

    public static IReadOnlyList<Language> All { get; } = [Albanian, English];

    /// <summary>The best that Accept-Language allows; English when it says nothing that we speak.</summary>
    public static Language Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var wanted))
            return English;
        return wanted.Where(w => w.Quality is null or > 0).OrderByDescending(w => w.Quality ?? 1)
            .Select(w => All.FirstOrDefault(l => Speaks(l, w.Value.Value)))
            .FirstOrDefault(l => l is not null) ?? English;
    }

    public override string ToString() => Code;

    private static bool Speaks(Language language, string? tag) =>
        tag is not null && (tag.Equals(language.Code, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(language.Code + "-", StringComparison.OrdinalIgnoreCase));
}
