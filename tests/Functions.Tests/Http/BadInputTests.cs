using System.Text;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Http;

/// <summary>What the real endpoints answer to bad input: a problem document each, and never a 500.</summary>
public sealed class BadInputTests(BadInputTests.Bank bank) : IClassFixture<BadInputTests.Bank>
{
    private const string Contact = """{"name":"Test Test","language":"sq"}""";
    private const string Address = "backoffice/v1/customers/100000001";

    public sealed class Bank : IAsyncLifetime
    {
        public HttpBank Http { get; private set; } = null!;

        public string Teller { get; private set; } = "";

        public string Customer { get; private set; } = "";

        /// <summary>Staff with every role.</summary>
        public string Auditor { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Http = await HttpBank.StartAsync();
            Teller = await Http.TokenAsync(new() { ["staff"] = "teller-1", ["roles"] = "branch" });
            Auditor = await Http.TokenAsync(new() { ["staff"] = "teller-2", ["roles"] = "branch ledger" });
            Customer = await Http.TokenAsync(new() { ["customer"] = "100000001", ["rights"] = "payment" });
        }

        public ValueTask DisposeAsync() => Http.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"name\":", "400 malformed_json")]
    [InlineData("", "400 body_missing")]
    [InlineData("[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "400 json_too_deep")]
    [InlineData("""{"name":"Test Test","language":"sq","nickname":"T"}""", "400 invalid_input\n/nickname unknown_member")]
    [InlineData("""{"name":"Test Test","language":"sq","language":"en"}""", "400 invalid_input\n/language duplicate_member")]
    [InlineData("""{"name":5,"language":"it"}""", "400 invalid_input\n/name wrong_type\n/language pattern_mismatch")]
    public async Task Faulty_bodies(string body, string expected) =>
        Assert.Equal(expected, (await bank.Http.CallAsync("PUT", Address, body, bank.Teller)).ToString());

    [Fact]
    public async Task One_megabyte_of_text() =>
        Assert.Equal("413 body_too_large", (await bank.Http.CallAsync("PUT", Address, $$"""{"name":"{{new string('x', 1 << 20)}}"}""", bank.Teller)).ToString());

    [Fact]
    public async Task Wrong_content_type() => Assert.Equal("415 unsupported_media_type", (await bank.Http.CallAsync("PUT", Address, token: bank.Teller, change: r =>
        r.Content = new StringContent(Contact, Encoding.UTF8, "text/xml"))).ToString());

    [Theory]
    [InlineData("POST", "public/v1/health", "405 method_not_allowed")]
    [InlineData("DELETE", Address, "405 method_not_allowed")]
    [InlineData("GET", "v1/nothing-here", "404 route_not_found")]
    [InlineData("POST", "", "404 route_not_found")]
    public async Task Wrong_method_or_address(string method, string path, string expected)
    {
        var answer = await bank.Http.CallAsync(method, path);

        Assert.Equal(expected, answer.ToString());
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Fact]
    public async Task A_refused_method_is_told_which_are_allowed()
    {
        var answer = await bank.Http.CallAsync("POST", "public/v1/health");

        Assert.Equal("""["GET"]""", answer.Json["allowed"]!.ToJsonString());
    }

    [Fact]
    public async Task A_customer_is_no_teller() => Assert.Equal("403 staff_only", (await bank.Http.CallAsync("PUT", Address, Contact, bank.Customer)).ToString());

    [Fact]
    public async Task A_query_that_nobody_reads() =>
        Assert.Equal("400 invalid_input\nverbose unknown_parameter", (await bank.Http.CallAsync("GET", "public/v1/health?verbose=1")).ToString());
}
