using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Help;

public sealed record PageNotFound() : NotFound("page_not_found");

[Description("A page of fixed content.")]
public sealed record HelpPageResponse(
    string Name,
    [property: Description("Of this text: what an acceptance of it refers to.")] LocalDate Date,
    string Title,
    IReadOnlyList<HelpSectionResponse> Sections,
    [property: Description("How the notice is accepted; null where there is nothing to accept.")] HelpAcceptanceResponse? Acceptance);

public sealed record HelpSectionResponse([property: Description("A heading, or a question.")] string Heading, string Text);

[Description("The page is accepted by a cookie that the client sets itself; the bank keeps nothing.")]
public sealed record HelpAcceptanceResponse(string Button, string Cookie, string Value, int MaxAgeDays);

/// <summary>The fixed content of eKlik (EKL-15, EKL-24, EKL-25), read once from the assembly: <c>Content/{name}.{language}.json</c>.</summary>
public sealed class HelpPages
{
    private readonly Dictionary<(string Name, Language Language), (HelpPageResponse Page, string ETag)> pages = [];

    public HelpPages()
    {
        var assembly = typeof(HelpPages).Assembly;
        const string prefix = "Serverless.Functions.Help.Content.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var stored = JsonSerializer.Deserialize<StoredPage>(bytes, JsonSerializerOptions.Web)!;
            var page = new HelpPageResponse(
                stored.Name, LocalDatePattern.Iso.Parse(stored.Date).Value, stored.Title, stored.Sections, stored.Acceptance);
            var language = Languages.Find(resource[prefix.Length..].Split('.')[^2])!.Value;
            pages[(stored.Name, language)] = (page, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
        }
    }

    /// <summary>In alphabetical order.</summary>
    public IEnumerable<HelpPageResponse> In(Language language) =>
        pages.Where(page => page.Key.Language == language).Select(page => page.Value.Page).OrderBy(page => page.Name, StringComparer.Ordinal);

    public (HelpPageResponse Page, string ETag)? Find(string name, Language language) => pages.TryGetValue((name, language), out var page) ? page : null;

    private sealed record StoredPage(string Name, string Date, string Title, IReadOnlyList<HelpSectionResponse> Sections, HelpAcceptanceResponse? Acceptance);
}
