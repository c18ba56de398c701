using System.Text.Json;

namespace Serverless.Sandbox.Sanctions;

/// <summary>Who is politically exposed, in the shape in which such lists are published: FollowTheMoney entities, a line each. The people on it do not exist.</summary>
internal static class PepList
{
    public const string Id = "peps";

    private static readonly Entity[] Entities =
    [
        new("sb-pep-1", "Person", new(["Gentian Ministri"], ["Genti Ministri"], ["1969-07-14"], ["role.pep"], ["al"], ["Minister of Weather"])),
        new("sb-pep-2", "Person", new(["Mimoza Kryetari"], [], ["1980"], ["role.pep"], ["al"], ["Mayor of Nowhere"])),
        new("sb-other-1", "Person", new(["Gentian Fqinji"], [], ["1990-01-01"], ["role.rca"], ["al"], [])),
        new("sb-other-2", "Organization", new(["Ministry of Weather"], [], [], ["role.pep"], ["al"], [])),
    ];

    public static string Write() => string.Join('\n', Entities.Select(entity => JsonSerializer.Serialize(entity, JsonSerializerOptions.Web))) + "\n";

    private sealed record Entity(string Id, string Schema, EntityProperties Properties);

    private sealed record EntityProperties(string[] Name, string[] Alias, string[] BirthDate, string[] Topics, string[] Country, string[] Position);
}
