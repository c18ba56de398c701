using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Serverless.Functions.Http;
using Serverless.Functions.OpenApi;
using Serverless.Testing;

namespace Serverless.Functions.Tests.OpenApi;

/// <summary>Spectral reads the document with its own rules for OpenAPI and the bank's (<c>spectral.mjs</c>).</summary>
public sealed class LintTests : IDisposable
{
    /// <summary>Wrong in one way for each of the bank's own rules, and in some that Spectral knows.</summary>
    private const string Faulty = """
        {
          "openapi": "3.1.0",
          "info": { "title": "Bank", "version": "v1", "description": "Not one.", "license": { "name": "MIT", "identifier": "MIT" } },
          "servers": [{ "url": "/" }],
          "tags": [{ "name": "Accounts" }],
          "paths": {
            "/api/v1/Accounts": {
              "post": {
                "operationId": "addAccount",
                "summary": "Adds",
                "tags": ["Accounts"],
                "parameters": [{ "name": "pin", "in": "query", "schema": { "type": "string" } }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/AddRequest" }, "example": { "Amount": "1.00" } } } },
                "responses": { "200": { "description": "Done." }, "404": { "description": "No.", "content": { "application/json": {} } } }
              }
            }
          },
          "components": { "schemas": { "AddRequest": { "type": "object", "properties": {
            "Amount": { "type": "number" }, "name": { "type": "string" }, "names": { "type": "array", "items": { "type": "string" } } } } } }
        }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("openapi-lint").FullName;

    [Fact]
    public async Task Spectral_has_nothing_to_say_about_the_document_and_would_say_what_is_wrong()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "bank.json"), await new OpenApiDocumentFactory(new FunctionCatalogue()).Make().SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1));
        await File.WriteAllTextAsync(Path.Combine(folder, "faulty.json"), Faulty);

        var findings = await LintAsync("bank.json", "faulty.json");

        Assert.Equal("", string.Join('\n', findings.Where(it => it.File == "bank.json").Select(it => it.Text)));
        Assert.Equal(
            """
            bank-access /paths/~1api~1v1~1Accounts/post
            bank-address /paths/~1api~1v1~1Accounts
            bank-bounded-list /components/schemas/AddRequest/properties/names
            bank-bounded-text /components/schemas/AddRequest/properties/name
            bank-closed-input /components/schemas/AddRequest
            bank-members /components/schemas/AddRequest/properties/Amount
            bank-money-is-text /components/schemas/AddRequest/properties/Amount/type
            bank-no-secret-in-address /paths/~1api~1v1~1Accounts/post/parameters/0/name
            bank-operation-id /paths/~1api~1v1~1Accounts/post/operationId
            bank-problems /paths/~1api~1v1~1Accounts/post/responses/404/content
            bank-summary /paths/~1api~1v1~1Accounts/post/summary
            oas3-valid-media-example /paths/~1api~1v1~1Accounts/post/requestBody/content/application~1json/example/Amount
            """,
            string.Join('\n', findings.Where(it => it.File == "faulty.json").Select(it => it.Text)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <returns>A line for each finding, "rule place", sorted; what others would call a warning counts too.</returns>
    private async Task<IReadOnlyList<(string File, string Text)>> LintAsync(params string[] files)
    {
        var report = Path.Combine(folder, "report.json");
        using var spectral = Process.Start(new ProcessStartInfo("node",
        [
            Path.Combine(Repository.Root, "node_modules/@stoplight/spectral-cli/dist/index.js"), "lint", .. files.Select(file => Path.Combine(folder, file)),
            "--ruleset", Path.Combine(Repository.Root, "tests/Functions.Tests/OpenApi/spectral.mjs"), "--format", "json", "--output", report, "--quiet",
        ])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = await Task.WhenAll(spectral.StandardError.ReadToEndAsync(), spectral.StandardOutput.ReadToEndAsync());
        await spectral.WaitForExitAsync();
        // 1: something was found, 2: it did not work.
        Assert.True(spectral.ExitCode < 2 && File.Exists(report), string.Concat(output));
        return
        [
            .. JsonNode.Parse(await File.ReadAllTextAsync(report))!.AsArray()
                .Select(it => (Path.GetFileName((string)it!["source"]!), $"{it["code"]} {string.Concat(it["path"]!.AsArray().Select(part => $"/{Escaped($"{part}")}"))}"))
                .OrderBy(it => it.Item2, StringComparer.Ordinal),
        ];
    }

    private static string Escaped(string part) => part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
