using System.Text.Json.Nodes;

namespace Serverless.Functions.Tests.Access;

/// <summary>One operation as the served document describes it; the matrix knows nothing else about it.</summary>
/// <param name="Path">Below <c>/api/</c>, as <c>v1/beneficiaries/{id}</c>.</param>
/// <param name="Right">Null: it does not say who may call it.</param>
/// <param name="Roles">Of the staff; one of them is needed. Empty: any.</param>
/// <param name="Body">The document's example; null when it takes none.</param>
internal sealed record ApiOperation(string Id, string Method, string Path, string? Right, IReadOnlyList<string> Roles, string? Scope, JsonNode? Body, IReadOnlySet<string> Statuses)
{
    public IReadOnlyList<string> Queries { get; private init; } = [];

    /// <summary>Headers that the operation needs besides the token.</summary>
    public IReadOnlyList<string> Headers { get; private init; } = [];

    public bool IsCustomers => Right is "info" or "payment";

    public override string ToString() => Id;

    public static IReadOnlyList<ApiOperation> All(JsonNode document) =>
        [.. from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            let it = operation.Value!
            let access = it["x-access"]
            select new ApiOperation(
                (string)it["operationId"]!, operation.Key.ToUpperInvariant(), path.Key["/api/".Length..], (string?)access?["right"],
                [.. (access?["roles"]?.AsArray() ?? []).Select(role => (string)role!)], (string?)access?["scope"],
                it["requestBody"]?["content"]?["application/json"]?["example"],
                it["responses"]!.AsObject().Select(response => response.Key).ToHashSet(StringComparer.Ordinal))
            {
                Queries = [.. Parameters(document, it, "query")],
                Headers = [.. Parameters(document, it, "header", isRequired: true)],
            }];

    private static IEnumerable<string> Parameters(JsonNode document, JsonNode operation, string place, bool isRequired = false) =>
        (operation["parameters"]?.AsArray() ?? [])
            .Select(it => it!["$ref"] is { } reference ? document["components"]!["parameters"]![((string)reference!).Split('/')[^1]]! : it)
            .Where(it => (string?)it["in"] == place && (!isRequired || (bool?)it["required"] == true)).Select(it => (string)it["name"]!);
}
