using System.Globalization;
using System.Text.Json;
using NodaTime.Text;

namespace Serverless.Banking.Onboarding;

/// <summary>Politically exposed persons, as such lists are published: FollowTheMoney entities, a line each.</summary>
internal static class PepList
{
    private const string Topic = "role.pep";

    /// <exception cref="JsonException">A line is no JSON: half of a list must not pass for the whole.</exception>
    /// <exception cref="FormatException">It is no such list, or somebody on it cannot be read.</exception>
    public static IEnumerable<ListedPerson> Read(string text)
    {
        var people = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => JsonSerializer.Deserialize<Entity>(line, JsonSerializerOptions.Web) ?? throw new FormatException("A line without an entity."))
            .Where(entity => entity.Schema == "Person" && entity.Of("topics").Contains(Topic)).Select(Person).ToArray();
        return people.Length > 0 ? people : throw new FormatException("A list without anybody on it.");
    }

    private static ListedPerson Person(Entity entity)
    {
        var born = entity.Of("birthDate") is [var date, ..] ? date : null;
        var day = LocalDatePattern.Iso.Parse(born ?? "");
        return new ListedPerson(
            $"pep:{entity.Id}", [.. entity.Of("name"), .. entity.Of("alias")], day.Success ? day.Value : null,
            !day.Success && born is { Length: >= 4 } ? int.Parse(born[..4], NumberStyles.None, CultureInfo.InvariantCulture) : null);
    }

    private sealed record Entity(string Id, string Schema, IReadOnlyDictionary<string, IReadOnlyList<string>>? Properties)
    {
        public IReadOnlyList<string> Of(string property) => Properties?.GetValueOrDefault(property) ?? [];
    }
}
