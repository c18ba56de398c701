using System.Text.Json.Nodes;
using Serverless.Functions.Http;
using Serverless.Functions.OpenApi;
using Serverless.Functions.Tests.OpenApi;

namespace Serverless.Functions.Tests.Operating;

public sealed class PriorityTests
{
    private static readonly FunctionCatalogue Catalogue = new();

    [Fact]
    public void Lists_wait_first_and_what_changes_anything_does_not()
    {
        Assert.Empty(Catalogue.All.Where(d => d.IsPaged && d.Access?.Right != Right.Staff && d.Priority != Priority.Read));
        Assert.Empty(Catalogue.All.Where(d => d.Methods is not ["GET"] && d.Priority == Priority.Read));
        Assert.Empty(Catalogue.All.Where(d => d.Access?.Right == Right.Staff && d.Priority != Priority.Vital));
        Assert.Equal(
            ["Health_Get", "Health_Live", "Health_Ready"],
            Catalogue.All.Where(d => d.Priority == Priority.Vital && d.Name.StartsWith("Health_", StringComparison.Ordinal)).Select(d => d.Name));
    }

    [Fact]
    public async Task The_document_tells_priorities_and_who_may_be_told_to_come_back_later()
    {
        var document = new ApiDocument(JsonNode.Parse((await new OpenApiText(new OpenApiDocumentFactory(Catalogue)).GetAsync()).Json)!);

        Assert.All(document.Operations, it => Assert.Equal(
            (string)it.Operation["x-priority"]! != "vital",
            it.Operation["responses"]!["503"]!["description"]!.ToString().Contains("bank_busy", StringComparison.Ordinal)));
        var ready = document.Operations.Single(it => it.Path == "/api/health/ready").Operation["responses"]!;
        Assert.Equal(["application/json", "application/problem+json"], ready["503"]!["content"]!.AsObject().Select(it => it.Key).Order(StringComparer.Ordinal));
    }
}
