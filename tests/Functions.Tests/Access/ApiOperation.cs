using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.OpenApi;

namespace Serverless.Functions.Tests.Access;

/// <summary>One operation as the served document describes it; the matrix knows nothing else about it.</summary>
/// <param name="Path">Below <c>/api/</c>, as <c>v1/beneficiaries/{id}</c>.</param>
internal sealed record ApiOperation(ApiDocument Document, string Path, string Method, JsonNode Json)
{
    public string Id { get; } = (string)Json["operationId"]!;

    /// <summary>Null: it does not say who may call it.</summary>
    public string? Right { get; } = (string?)Json["x-access"]?["right"];

    /// <summary>Of the staff; one of them is needed. Empty: any.</summary>
    public IReadOnlyList<string> Roles { get; } = [.. (Json["x-access"]?["roles"]?.AsArray() ?? []).Select(role => (string)role!)];

    /// <summary>The narrowest kind of session that is let in; null: a full one.</summary>
    public string? Scope { get; } = (string?)Json["x-access"]?["scope"];

    /// <summary>A session that is over is let in too.</summary>
    public bool AlsoEnded { get; } = (bool?)Json["x-access"]?["alsoEnded"] ?? false;

    /// <summary>The document's example; null when it takes none.</summary>
    public JsonNode? Body { get; } = Json["requestBody"]?["content"]?["application/json"]?["example"];

    public IReadOnlyList<string> Queries { get; } = [.. Document.Parameters(Json, "query").Select(it => (string)it["name"]!)];

    /// <summary>Headers that the operation needs besides the token.</summary>
    public IReadOnlyList<string> Headers { get; } = [.. Document.Parameters(Json, "header").Where(it => (bool?)it["required"] == true).Select(it => (string)it["name"]!)];

    public bool IsCustomers => Right is "info" or "payment";

    public string? Complaint(Answer answer) => Document.Complaint(Json, answer);

    public override string ToString() => Id;

    public static IReadOnlyList<ApiOperation> All(ApiDocument document) =>
        [.. document.Operations.Select(it => new ApiOperation(document, it.Path["/api/".Length..], it.Method, it.Operation))];
}
