namespace Serverless.Functions.Tests.Http;

public sealed class ProblemTests(KitHost kit) : IClassFixture<KitHost>
{
    [Theory]
    [InlineData("invalid", "400 invalid_input\n/amount amount_malformed")]
    [InlineData("forbidden", "403 role_missing")]
    [InlineData("missing", "404 account_not_found")]
    [InlineData("conflict", "409 kit_conflict")]
    [InlineData("refused", "422 insufficient_funds")]
    [InlineData("unavailable", "503 storage_unavailable")]
    public async Task Every_kind_of_error_has_its_status(string what, string expected) =>
        Assert.Equal(expected, (await kit.GetAsync($"kit/refusals/{what}")).ToString());

    [Fact]
    public async Task A_refusal_is_a_problem_document_with_its_facts()
    {
        var answer = await kit.SendAsync("GET", "kit/refusals/refused", change: r => r.Headers.TryAddWithoutValidation("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["type", "title", "status", "detail", "code", "instance", "traceId", "missing"], answer.Json.AsObject().Select(m => m.Key));
        Assert.Equal("/problems/insufficient_funds", (string?)answer.Json["type"]);
        Assert.Equal(422, (int)answer.Json["status"]!);
        Assert.Equal("/api/kit/refusals/refused", (string?)answer.Json["instance"]);
        Assert.Equal("""{"amount":"1689.27","currency":"ALL"}""", answer.Json["missing"]!.ToJsonString());
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", (string?)answer.Json["traceId"]);
    }

    [Theory]
    [InlineData(null, "This needs an access token.")]
    [InlineData("en", "This needs an access token.")]
    [InlineData("sq", "Për këtë veprim duhet të hyni në llogarinë tuaj.")]
    [InlineData("sq-AL,sq;q=0.9,en;q=0.8", "Për këtë veprim duhet të hyni në llogarinë tuaj.")]
    [InlineData("SQ", "Për këtë veprim duhet të hyni në llogarinë tuaj.")]
    [InlineData("it, en;q=0.5, sq;q=0.7", "Për këtë veprim duhet të hyni në llogarinë tuaj.")]
    [InlineData("sq;q=0, en;q=0.1", "This needs an access token.")]
    [InlineData("de", "This needs an access token.")]
    [InlineData("*", "This needs an access token.")]
    [InlineData(";;;=,", "This needs an access token.")]
    public async Task Texts_are_in_the_language_asked_for(string? language, string detail)
    {
        var answer = await kit.SendAsync("GET", "kit/info", change: r =>
        {
            if (language is not null)
                r.Headers.TryAddWithoutValidation("Accept-Language", language);
        });

        Assert.Equal(detail, (string?)answer.Json["detail"]);
    }

    [Theory]
    [InlineData("bug", "500 internal_error")]
    [InlineData("mixed", "500 internal_error")]
    [InlineData("precondition", "500 internal_error")]
    [InlineData("storage", "503 storage_unavailable")]
    [InlineData("network", "503 storage_unavailable")]
    [InlineData("timeout", "503 service_unavailable")]
    public async Task What_is_thrown_is_told_without_its_details(string what, string expected)
    {
        var answer = await kit.GetAsync($"kit/throws/{what}");

        Assert.Equal(expected, answer.ToString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        Assert.Equal(expected.StartsWith("503", StringComparison.Ordinal), answer.Headers.RetryAfter is not null);
        var trace = (string)answer.Json["traceId"]!;
        Assert.Contains(kit.Log.Lines, line => line.Contains(trace, StringComparison.Ordinal) && line.Contains("Kit_Throw", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "kit/nowhere", "404 route_not_found")]
    [InlineData("GET", "", "404 route_not_found")]
    [InlineData("PATCH", "kit/orders/not-a-guid", "404 route_not_found")]
    public async Task An_unknown_address_has_its_own_problem(string method, string path, string expected)
    {
        var answer = await kit.SendAsync(method, path);

        Assert.Equal(expected, answer.ToString());
    }
}
