using System.Text.Json.Nodes;
using Serverless.Functions.Http;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>Calls every operation of the document with seeded nonsense and holds every answer against the document.</summary>
public sealed class FuzzTests(BadInputTests.Bank bank) : IClassFixture<BadInputTests.Bank>
{
    private const int CallsPerOperation = 40;

    private static readonly FunctionCatalogue Catalogue = new();

    public static TheoryData<string> Operations => [.. Catalogue.All.Where(d => d.IsDocumented).Select(d => d.Name)];

    [Theory, MemberData(nameof(Operations))]
    public async Task No_input_makes_the_bank_fail_or_answer_what_it_does_not_document(string operationId)
    {
        var document = JsonNode.Parse((await bank.Http.CallAsync("GET", "openapi.json")).Text)!;
        var (path, method, operation) = Find(document, operationId);
        var declaration = Catalogue.All.Single(d => d.Name == operationId);
        var random = new Random(20260131 + operationId.Sum(c => c));
        var mutations = new Mutations(random);

        for (var i = 0; i < CallsPerOperation; i++)
        {
            var target = Address(document, path, operation, random, mutations);
            var body = operation["requestBody"]?["content"]?["application/json"]?["example"] is { } example ? mutations.Body(example) : null;
            var answer = await bank.Http.CallAsync(method.ToUpperInvariant(), target, body, Token(operation, random), request =>
            {
                foreach (var header in Parameters(document, operation, "header").Select(p => (string)p["name"]!).Where(n => n != "Accept-Language"))
                    request.Headers.TryAddWithoutValidation(header, random.Next(8) == 0 ? "not visible" : $"fuzz-{i}");
            });

            if (Complaint(answer, operation, declaration) is { } complaint)
                Assert.Fail($"{complaint}\n{method} {target}\n{body}\n{answer.Status} {answer.ContentType}\n{answer.Text}");
        }
    }

    private static string? Complaint(Answer answer, JsonNode operation, FunctionDeclaration declaration)
    {
        // A spoilt path parameter may lead to no operation, or to another one; then the answer is not this operation's.
        if (answer.Code is "route_not_found" or "method_not_allowed")
            return null;
        if (answer.Status is 500 or (> 500 and not 503))
            return "The bank failed.";
        if (operation["responses"]![$"{answer.Status}"] is not { } documented)
            return $"Status {answer.Status} is not documented.";
        if (answer.Status < 400)
            return declaration.Answers.FirstOrDefault(a => a.Status == answer.Status)?.Type is { } type ? AnswerCheck.Complaint(Shapes.Of(type), answer.Json, "") : null;
        if (answer.ContentType != "application/problem+json")
            return "Not a problem document.";
        var codes = documented["content"]!["application/problem+json"]!["examples"]!.AsObject().Select(e => e.Key);
        return codes.Contains(answer.Code) ? null : $"Code {answer.Code} is not documented for {answer.Status}.";
    }

    private string? Token(JsonNode operation, Random random) => random.Next(20) switch
    {
        0 => null,
        1 => "nonsense",
        _ => (string?)operation["x-access"]!["right"] switch
        {
            "staff" => bank.Auditor,
            "info" or "payment" => bank.Customer,
            _ => null,
        },
    };

    private static string Address(JsonNode document, string path, JsonNode operation, Random random, Mutations mutations)
    {
        foreach (var parameter in Parameters(document, operation, "path"))
        {
            var good = (string?)parameter["schema"]!["format"] == "uuid" ? Guid.NewGuid().ToString() : (string?)parameter["example"] ?? "100000001";
            var value = random.Next(3) > 0 ? good : Uri.EscapeDataString(Cut(mutations.Text()).Replace("\0", "", StringComparison.Ordinal));
            // A path with NUL does not reach the app: the web server refuses it without a body.
            path = path.Replace($"{{{(string)parameter["name"]!}}}", value.Length == 0 ? "x" : value, StringComparison.Ordinal);
        }

        var query = Parameters(document, operation, "query").Where(_ => random.Next(3) > 0)
            .Select(p => $"{(string)p["name"]!}={Uri.EscapeDataString(Cut(mutations.Text()))}");
        return path["/api/".Length..] + "?" + string.Join('&', random.Next(6) == 0 ? query.Append("odd=1") : query);
    }

    private static string Cut(string text) => text.Length > 300 ? text[..300].TrimEnd('\uD83D') : text;

    private static IEnumerable<JsonNode> Parameters(JsonNode document, JsonNode operation, string place) =>
        (operation["parameters"]?.AsArray() ?? []).Select(p => p!["$ref"] is { } reference
                ? document["components"]!["parameters"]![((string)reference!).Split('/')[^1]]!
                : p!)
            .Where(p => (string?)p["in"] == place);

    private static (string Path, string Method, JsonNode Operation) Find(JsonNode document, string operationId) =>
        (from path in document["paths"]!.AsObject()
         from operation in path.Value!.AsObject()
         where (string?)operation.Value!["operationId"] == operationId
         select (path.Key, operation.Key, operation.Value)).Single();
}
