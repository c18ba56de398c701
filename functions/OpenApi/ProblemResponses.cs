using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

/// <summary>Problem documents in the OpenAPI document: one response per operation and status, with every code that can come and its text.</summary>
internal static class ProblemResponses
{
    public const string SchemaName = "Problem";

    public static void AddSchemas(OpenApiDocument document)
    {
        document.AddComponent("Fault", new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "One fault of the input, with its place and perhaps more facts (`max`, `allowed`, ...).",
            Required = new HashSet<string> { "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["pointer"] = Text("JSON pointer (RFC 6901) into the body."),
                ["parameter"] = Text("Name of the query parameter or header, for faults outside of the body."),
                ["code"] = Text("Stable; branch on it."),
                ["detail"] = Text("For people, in the language asked for."),
            },
        });
        document.AddComponent(SchemaName, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "A problem document (RFC 9457). The error's facts are further members, named per code.",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code", "instance", "traceId" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("`/problems/` and the code."),
                ["title"] = Text("A few words, the same every time the code comes up."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text("For people, in the language asked for."),
                ["code"] = Text("Stable; branch on it."),
                ["instance"] = Text("The path that was called."),
                ["traceId"] = Text("Finds the call in the bank's logs."),
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("Fault", document) },
            },
        });
    }

    public static void Add(OpenApiResponses responses, FunctionDeclaration declaration, OpenApiDocument document)
    {
        foreach (var group in declaration.AllRefusals().GroupBy(ErrorTypes.StatusOf).OrderBy(g => g.Key))
        {
            var types = group.DistinctBy(ErrorTypes.CodeOf).ToList();
            var declared = responses.GetValueOrDefault($"{group.Key}");
            responses[$"{group.Key}"] = new OpenApiResponse
            {
                Description = (declared is null ? "" : $"{declared.Description} Or ") + string.Join(", ", types.Select(t => $"`{ErrorTypes.CodeOf(t)}`")) + Faults(group),
                Content = new Dictionary<string, OpenApiMediaType>(declared?.Content ?? new Dictionary<string, OpenApiMediaType>())
                {
                    [ProblemResult.ContentType] = new OpenApiMediaType { Schema = Schema(types, document), Examples = types.ToDictionary(ErrorTypes.CodeOf, type => Example(type, document)) },
                },
                Headers = HeadersOf(group.Key),
            };
        }
    }

    /// <summary>Invalid records all have the code invalid_input; which faults there are is the client's next question.</summary>
    private static string Faults(IEnumerable<Type> errors)
    {
        var codes = errors.Where(e => typeof(Invalid).IsAssignableFrom(e)).Select(e => $"`{ErrorTypes.SampleOf(e).Code}`").Distinct().ToList();
        return codes.Count == 0 ? "" : $"; among the faults: {string.Join(", ", codes)}";
    }

    private static OpenApiSchema Schema(List<Type> types, OpenApiDocument document) => new()
    {
        Type = JsonSchemaType.Object,
        AllOf =
        [
            new OpenApiSchemaReference(SchemaName, document),
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. types.Select(t => (JsonNode)JsonValue.Create(ErrorTypes.CodeOf(t))!)] },
                },
            },
        ],
    };

    /// <summary>One component per code: most codes come up in many operations.</summary>
    private static IOpenApiExample Example(Type error, OpenApiDocument document)
    {
        var code = ErrorTypes.CodeOf(error);
        if (document.Components?.Examples?.ContainsKey(code) != true)
            document.AddComponent(code, Example(error, code));
        return new OpenApiExampleReference(code, document);
    }

    private static IOpenApiExample Example(Type error, string code)
    {
        var sample = typeof(Invalid).IsAssignableFrom(error) ? new InvalidInput([]) : ErrorTypes.SampleOf(error);
        var text = ErrorTexts.Find(Language.English, code);
        var value = new JsonObject
        {
            ["type"] = $"/problems/{code}",
            ["title"] = text?.Title,
            ["status"] = ErrorTypes.StatusOf(error),
            ["detail"] = text is null ? null : ErrorTexts.Fill(text.Detail, sample, Language.English),
            ["code"] = code,
            ["instance"] = "/api/...",
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        foreach (var (name, fact) in Facts.Of(sample))
            value[name] = fact?.DeepClone();
        return new OpenApiExample { Summary = text?.Title, Value = value };
    }

    private static Dictionary<string, IOpenApiHeader>? HeadersOf(int status) => status switch
    {
        401 => Header("WWW-Authenticate", "RFC 6750."),
        503 => Header("Retry-After", "Seconds."),
        _ => null,
    };

    private static Dictionary<string, IOpenApiHeader> Header(string name, string meaning) =>
        new() { [name] = new OpenApiHeader { Description = meaning, Schema = new OpenApiSchema { Type = JsonSchemaType.String } } };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}
