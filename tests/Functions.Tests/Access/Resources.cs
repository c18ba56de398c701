using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Access;

/// <summary>What <c>resources.json</c> says: which kind of thing each id in an address or a body identifies, how one comes to be, and bodies that get past what comes before.</summary>
internal sealed partial class Resources
{
    private readonly JsonObject data = JsonNode.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "tests/Functions.Tests/Access/resources.json")),
        documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();

    public JsonArray Friend => data["friend"]!.AsArray();

    public JsonArray Steps => data["steps"]!.AsArray();

    /// <summary>Ids of what is no customer's, by kind.</summary>
    public IReadOnlyDictionary<string, string> Unowned => data["unowned"]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <summary>Operations that succeed with ids that are not there, with how they say so.</summary>
    public IReadOnlyDictionary<string, string> Indifferent => data["indifferent"]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <summary>Operations that end sessions or lock somebody out, with whose: they come last, by somebody of their own.</summary>
    public IReadOnlyDictionary<string, string> Ending => data["ending"]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <summary>Operations whose owner is told the same as everybody, with why.</summary>
    public IReadOnlyDictionary<string, string> Silent => data["silent"]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    /// <exception cref="Xunit.Sdk.XunitException">An id has no kind yet: the table grows with the API.</exception>
    public CallTemplate TemplateOf(ApiOperation operation)
    {
        var address = PathParameters.Replace(operation.Path, parameter => $"{{{KindOf(operation, parameter)}}}");
        var queries = operation.Queries.Where(query => Kinds("members").ContainsKey(query)).Select(query => $"{query}={{{Kinds("members")[query]}}}");
        if (data["queries"]![operation.Id] is { } more)
            queries = queries.Append((string)more!);
        var body = data["bodies"]![operation.Id] ?? operation.Body;
        return new CallTemplate(operation, string.Join('?', [address, .. queries.Any() ? [string.Join('&', queries)] : (string[])[]]), body is null ? null : Placed(body, operation, null));
    }

    private string KindOf(ApiOperation operation, Match parameter)
    {
        var kinds = Kinds("paths");
        var upTo = operation.Path[..(parameter.Index + parameter.Length)];
        return kinds.GetValueOrDefault(operation.Path) is { } own && operation.Path.LastIndexOf('{') == parameter.Index ? own
            : kinds.GetValueOrDefault(upTo)
            ?? throw new Xunit.Sdk.XunitException($"{operation.Id}: nothing says what {upTo} identifies. Add it to paths in tests/Functions.Tests/Access/resources.json.");
    }

    private JsonNode Placed(JsonNode node, ApiOperation operation, string? name) => node switch
    {
        JsonObject it => new JsonObject(it.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : Placed(member.Value, operation, member.Key)))),
        JsonArray it => new JsonArray([.. it.Select(item => item is null ? null : Placed(item, operation, name))]),
        JsonValue it when operation.IsCustomers && it.TryGetValue<string>(out var text) && IsId(name, text) => JsonValue.Create($"{{{MemberKind(operation, name)}}}")!,
        _ => node.DeepClone(),
    };

    private string MemberKind(ApiOperation operation, string? name) => name == "quoteId" ? $"quote {operation.Id}"
        : Kinds("members").GetValueOrDefault(name ?? "")
        ?? throw new Xunit.Sdk.XunitException($"{operation.Id}: nothing says what {name} in the body identifies. Add it to members in tests/Functions.Tests/Access/resources.json.");

    private bool IsId(string? name, string text) => !text.StartsWith('{') && !data["codes"]!.AsArray().Any(code => (string)code! == name)
        && (Guid.TryParse(text, out _) || name is not null && (name.EndsWith("Id", StringComparison.Ordinal) || name.EndsWith("Ids", StringComparison.Ordinal)));

    private Dictionary<string, string> Kinds(string table) => data[table]!.AsObject().ToDictionary(it => it.Key, it => (string)it.Value!);

    [GeneratedRegex(@"\{[A-Za-z]+\}")]
    private static partial Regex PathParameters { get; }
}
