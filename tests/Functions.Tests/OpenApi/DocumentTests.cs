using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Serverless.Banking;
using Serverless.Functions.Http;
using Serverless.Functions.OpenApi;

namespace Serverless.Functions.Tests.OpenApi;

public sealed class DocumentTests
{
    private static readonly FunctionCatalogue Catalogue = new();
    private static readonly Lazy<Task<string>> Text = new(() => new OpenApiDocumentFactory(Catalogue).Make().SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));

    [Fact]
    public async Task The_document_is_OpenApi_3_1_and_reads_back_without_a_complaint()
    {
        var read = OpenApiDocument.Parse(await Text.Value, "json", new OpenApiReaderSettings());

        Assert.Empty(read.Diagnostic!.Errors.Select(e => $"{e.Pointer}: {e.Message}"));
        Assert.Empty(read.Diagnostic.Warnings.Select(e => $"{e.Pointer}: {e.Message}"));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public async Task Every_function_is_in_the_document_under_its_name()
    {
        var operations = (await OperationsAsync()).Select(o => (string?)o.Operation["operationId"]);

        Assert.Equal(Catalogue.All.Where(d => d.IsDocumented).Select(d => d.Name).Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whoever_may_be_told_to_come_back_later_has_a_priority_that_says_so_and_what_is_not_ready_answers_in_its_own_form()
    {
        var document = new ApiDocument(JsonNode.Parse(await Text.Value)!);

        Assert.All(document.Operations, it => Assert.Equal(
            (string?)it.Operation["x-priority"] != "vital",
            document.Response(it.Operation, 503)!["description"]!.ToString().Contains("bank_busy", StringComparison.Ordinal)));
        var ready = document.Response(document.Operations.Single(it => (string?)it.Operation["operationId"] == "Health_Ready").Operation, 503)!["content"]!.AsObject();
        Assert.Equal(["application/json", "application/problem+json"], ready.Select(it => it.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_response_that_several_operations_have_stands_in_the_document_once()
    {
        var document = JsonNode.Parse(await Text.Value)!;
        var apart = (await OperationsAsync()).SelectMany(it => it.Operation["responses"]!.AsObject()).Where(response => response.Value!["content"]?["application/problem+json"] is not null)
            .Select(response => $"{response.Key} {response.Value!.ToJsonString()}").ToList();

        Assert.Equal(apart.Distinct(), apart);
        Assert.True(document["components"]!["responses"]!.AsObject().Count > 50);
        Assert.Equal("RFC 6750.", (string?)document["components"]!["responses"]!["Unauthorized"]!["headers"]!["WWW-Authenticate"]!["description"]);
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = JsonNode.Parse(await Text.Value)!;
        var broken = Descendants(document).OfType<JsonObject>().Select(o => o["$ref"] as JsonValue).OfType<JsonValue>().Select(v => (string)v!)
            .Where(reference => Resolve(document, reference) is null);

        Assert.Empty(broken.Distinct());
    }

    [Fact]
    public async Task Every_path_parameter_is_described()
    {
        foreach (var (path, _, operation) in await OperationsAsync())
        {
            var inPath = path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}'));
            var described = operation["parameters"]!.AsArray().Where(p => (string?)p!["in"] == "path").Select(p => (string?)p!["name"]);

            Assert.Equal(inPath, described);
        }
    }

    [Fact]
    public async Task Every_operation_that_needs_a_token_says_which_right()
    {
        foreach (var (_, _, operation) in await OperationsAsync())
        {
            var needsNone = (string?)operation["x-access"]!["right"] is "public" or "partner";

            Assert.Equal(needsNone, operation["security"] is not JsonArray { Count: > 0 });

            // What is public may still say that a proof in the body is none: a sign-in, a refresh.
            Assert.True(needsNone || operation["responses"]!["401"] is not null);
        }
    }

    [Fact]
    public void The_example_of_every_body_would_be_accepted()
    {
        foreach (var declaration in Catalogue.All.Where(d => d.Body is not null))
        {
            var shape = Shapes.Of(declaration.Body!.Type);
            var example = Examples.Of(shape)!.ToJsonString();
            List<Invalid> faults = [];
            ShapeReader.Check(shape, JsonElement.Parse(example), "", faults);

            Assert.True(faults.Count == 0, $"{declaration.Name}: {example}: {string.Join(", ", faults)}");
        }
    }

    [Fact]
    public async Task The_document_says_of_an_amount_what_the_reader_enforces()
    {
        var amount = JsonNode.Parse(await Text.Value)!["components"]!["schemas"]!["PositiveAmount"];
        if (amount is null)
            return;

        Assert.Equal("""{"type":"object","required":["amount","currency"],"additionalProperties":false}""", new JsonObject
        {
            ["type"] = amount["type"]!.DeepClone(),
            ["required"] = amount["required"]!.DeepClone(),
            ["additionalProperties"] = amount["additionalProperties"]!.DeepClone(),
        }.ToJsonString());
        Assert.Equal(AmountShape.Pattern, (string?)amount["properties"]!["amount"]!["pattern"]);
    }

    private static async Task<List<(string Path, string Method, JsonNode Operation)>> OperationsAsync() =>
        [.. from path in JsonNode.Parse(await Text.Value)!["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select (path.Key, operation.Key, operation.Value)];

    private static JsonNode? Resolve(JsonNode document, string reference) => reference.TrimStart('#', '/').Split('/')
        .Aggregate((JsonNode?)document, (node, name) => node?[name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject it => it.Select(m => m.Value).OfType<JsonNode>().SelectMany(Descendants).Prepend(node),
        JsonArray it => it.OfType<JsonNode>().SelectMany(Descendants).Prepend(node),
        _ => [node],
    };
}
