using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Docs;

public sealed class DocsTests(BadInputTests.Bank bank) : IClassFixture<BadInputTests.Bank>
{
    [Fact]
    public async Task The_document_is_served_and_kept_by_its_tag()
    {
        using var first = await bank.Http.Anonymous.GetAsync("api/openapi.json");
        using var again = new HttpRequestMessage(HttpMethod.Get, "api/openapi.json");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await bank.Http.Anonymous.SendAsync(again);

        Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("{\"openapi\":\"3.1", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(304, (int)second.StatusCode);
    }

    [Fact]
    public async Task The_reference_page_takes_nothing_from_elsewhere()
    {
        using var page = await bank.Http.Anonymous.GetAsync("api/docs");
        var html = await page.Content.ReadAsStringAsync();
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalar.js", 1_000_000)]
    [InlineData("start.js", 100)]
    public async Task The_page_s_scripts_come_from_the_app(string name, int least)
    {
        using var script = await bank.Http.Anonymous.GetAsync($"api/docs/assets/{name}");

        Assert.Equal((200, "text/javascript"), ((int)script.StatusCode, script.Content.Headers.ContentType!.MediaType));
        Assert.True((await script.Content.ReadAsByteArrayAsync()).Length > least);
    }

    [Fact]
    public async Task The_script_travels_compressed_to_those_who_can_read_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/docs/assets/scalar.js");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using var script = await bank.Http.Anonymous.SendAsync(request);

        Assert.Equal("gzip", script.Content.Headers.ContentEncoding.Single());
        Assert.True((await script.Content.ReadAsByteArrayAsync()).Length < 2_000_000);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("..%2F..%2Fhost.json")]
    [InlineData("host.json")]
    public async Task No_other_file_is_served(string name) =>
        Assert.Equal("404 asset_not_found", (await bank.Http.CallAsync("GET", $"docs/assets/{name}")).ToString());
}
