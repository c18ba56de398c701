using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Access;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Fuzz;

/// <summary>Calls every operation of the served document with nonsense and holds every answer against the document: status, content type, schema.</summary>
public sealed class FuzzTests(FuzzBank bank) : IClassFixture<FuzzBank>
{
    private static readonly int CallsPerOperation = Environment.GetEnvironmentVariable("SERVERLESS_TEST_DEPTH") == "full" ? 240 : 12;

    [Fact]
    public Task No_input_makes_the_bank_fail_or_answer_what_it_does_not_document() => bank.NothingWrongAsync(async operation =>
    {
        var random = new Random(20260131 + operation.Id.Sum(c => c));
        var mutations = new Mutations(random);
        var good = await bank.TokenAsync(operation);
        for (var i = 0; i < CallsPerOperation; i++)
        {
            var target = Address(operation, random, mutations);
            var body = operation.Body is { } example ? mutations.Body(example) : null;
            var token = random.Next(20) switch { 0 => null, 1 => "nonsense", _ => good };
            var headers = operation.Document.Parameters(operation.Json, "header").Select(it => (string)it["name"]!).Where(name => name != "Accept-Language")
                .Select(name => (name, random.Next(8) == 0 ? "not visible" : $"fuzz-{i}")).ToList();

            var answer = await bank.CallAsync(operation.Method, target, body is null ? null : Json(body), token, headers);

            // A spoilt path parameter may lead to no operation, or to another one; then the answer is not this operation's.
            if (answer.Code is not ("route_not_found" or "method_not_allowed") && Complaint(operation, answer) is { } complaint)
                return $"{operation}: {complaint}\n{operation.Method} {target}\n{body}\n{answer.Status} {answer.ContentType}\n{answer.Text}";
        }

        return null;
    });

    [Fact]
    public Task Every_member_of_every_body_is_held_to_what_the_document_says_of_it() => bank.NothingWrongAsync(async operation =>
    {
        // A partner's signature is over the body, and comes first.
        if (operation.Body is not { } example || operation.Right == "partner")
            return null;
        var token = await bank.TokenAsync(operation);
        var schema = operation.Json["requestBody"]!["content"]!["application/json"]!["schema"]!;
        foreach (var (body, pointer, what) in new BodyFaults(operation.Document).Of(schema, example))
        {
            var answer = await bank.CallAsync(operation.Method, Address(operation), Json(body.ToJsonString()), token, Headers(operation));

            // What guards against guessing may come before the body.
            if (answer.Status == 429)
                continue;
            var named = answer.Code == "invalid_input"
                && answer.Json["errors"]!.AsArray().Any(fault => ((string?)fault!["pointer"])?.StartsWith(pointer, StringComparison.Ordinal) == true);
            if (answer.Status != 400 || !named || Complaint(operation, answer) is not null)
                return $"{operation}: {what} at {pointer} is answered {answer}\n{body.ToJsonString()}";
        }

        return null;
    });

    [Fact]
    public Task Every_body_is_JSON_of_the_size_that_the_document_says() => bank.NothingWrongAsync(async operation =>
    {
        if (operation.Body is not { } example || operation.Right == "partner")
            return null;
        var token = await bank.TokenAsync(operation);
        var json = Encoding.UTF8.GetBytes(example.ToJsonString());
        foreach (var (content, expected) in new (HttpContent, string)[]
        {
            (Bytes(json, "text/plain"), "415 unsupported_media_type"),
            (Bytes(json, "application/xml"), "415 unsupported_media_type"),
            (Bytes(json, "application/x-www-form-urlencoded"), "415 unsupported_media_type"),
            (Bytes(json, "application/json; charset=utf-16"), "415 unsupported_media_type"),
            (Bytes(json, null), "415 unsupported_media_type"),
            (Bytes([.. json, .. new byte[TakesPictures(operation) ? 9 << 20 : 4 << 20]], "application/json"), "413 body_too_large"),
            (Bytes([], "application/json"), "400 body_missing"),
            (Bytes([0xFF, 0xFE, .. json], "application/json"), "400 malformed_json"),
            (Bytes(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 40) + new string(']', 40) + "}"), "application/json"), "400 json_too_deep"),
        })
        {
            // As good clients do with much: asked first, the bank refuses it unsent.
            var answer = await bank.CallAsync(operation.Method, Address(operation), content, token, [.. Headers(operation), ("Expect", "100-continue")]);
            if (answer.Status != 429 && (answer.ToString() != expected || Complaint(operation, answer) is not null))
                return $"{operation}: {answer} instead of {expected}";
        }

        return null;
    });

    [Fact]
    public Task Only_the_methods_of_the_document_are_taken() => bank.NothingWrongAsync(async operation =>
    {
        var there = bank.Operations.Where(it => it.Path == operation.Path).Select(it => it.Method).ToHashSet();
        foreach (var method in new[] { "GET", "POST", "PUT", "PATCH", "DELETE" }.Where(method => !there.Contains(method)))
        {
            var answer = await bank.CallAsync(method, Address(operation), null, null, []);
            // Another operation may be at the same address: v1/transfers/lists is also v1/transfers/{id} but for the id.
            if (answer.Code is not ("method_not_allowed" or "token_missing" or "route_not_found") || answer.ContentType != "application/problem+json")
                return $"{method} {operation.Path} is answered {answer}";
        }

        return null;
    });

    /// <summary>The code too, which the document lists per status.</summary>
    private static string? Complaint(ApiOperation operation, Answer answer) =>
        answer.Status is 500 or (> 500 and not 503) ? "the bank failed"
        : operation.Complaint(answer) is { } complaint ? complaint
        : answer.Status >= 400 && operation.Document.Response(operation.Json, answer.Status)!["content"]!["application/problem+json"]!["examples"]?[answer.Code ?? ""] is null
            ? $"code {answer.Code} is not documented for {answer.Status}" : null;

    /// <summary>With ids that are well formed and nobody's.</summary>
    private static bool TakesPictures(ApiOperation operation) => operation.ToString()!.StartsWith("Profile_", StringComparison.Ordinal);

    private static string Address(ApiOperation operation) => Filled(operation, Good);

    private static string Address(ApiOperation operation, Random random, Mutations mutations)
    {
        // A path with NUL does not reach the app: the web server refuses it without a body.
        var path = Filled(operation, it => random.Next(3) > 0
            ? Good(it) : Uri.EscapeDataString(Cut(mutations.Text()).Replace("\0", "", StringComparison.Ordinal)) is { Length: > 0 } text ? text : "x");
        var query = operation.Queries.Where(_ => random.Next(3) > 0).Select(name => $"{name}={Uri.EscapeDataString(Cut(mutations.Text()))}").ToList();
        return $"{path}?{string.Join('&', random.Next(6) == 0 ? query.Append("odd=1") : query)}";
    }

    private static string Filled(ApiOperation operation, Func<JsonNode, string> value) => operation.Document.Parameters(operation.Json, "path")
        .Aggregate(operation.Path, (path, it) => path.Replace($"{{{(string)it["name"]!}}}", value(it), StringComparison.Ordinal));

    private static string Good(JsonNode parameter) => (string?)parameter["schema"]!["format"] switch
    {
        "uuid" => "0b6ce3f0-0e52-4e3d-9d5b-6b1f2c1d00ff",
        _ => "699999999".PadRight((int?)parameter["schema"]!["minLength"] ?? 0, '9'),
    };

    private static IEnumerable<(string Name, string Value)> Headers(ApiOperation operation) => operation.Headers.Select(name => (name, Guid.NewGuid().ToString("N")));

    private static string Cut(string text) => text.Length > 300 ? text[..300].TrimEnd('\uD83D') : text;

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static ByteArrayContent Bytes(byte[] bytes, string? type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }
}
