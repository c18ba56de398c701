using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Sandbox.Tests;

public sealed class InputFaultTests
{
    public static TheoryData<string, byte[]> Bodies => new()
    {
        { "nothing", [] },
        { "null", "null"u8.ToArray() },
        { "an array", "[]"u8.ToArray() },
        { "a text", "\"x\""u8.ToArray() },
        { "a number", "1e999"u8.ToArray() },
        { "half an object", "{\"name\":"u8.ToArray() },
        { "two objects", "{}{}"u8.ToArray() },
        { "an unknown member", "{\"x\":1}"u8.ToArray() },
        { "wrong types", "{\"clientCode\":{},\"amount\":[],\"now\":1,\"status\":true,\"id\":[],\"notify\":\"yes\"}"u8.ToArray() },
        { "a repeated member", "{\"clientCode\":\"a\",\"clientCode\":\"b\"}"u8.ToArray() },
        { "deep nesting", Encoding.ASCII.GetBytes(new string('[', 5000)) },
        { "no UTF-8", [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D] },
        { "too much", Encoding.ASCII.GetBytes($"{{\"name\":\"{new string('x', 2_000_000)}\"}}") },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task No_body_that_cannot_be_read_makes_any_address_fail(string what, byte[] body)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var endpoints = sandbox.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => (Method: method, Path: Address(endpoint))))
            .Where(endpoint => endpoint.Method is "POST" or "PUT" && endpoint.Path != "/reset" && !TakesNoBody(endpoint.Path)).ToArray();
        Assert.True(endpoints.Length >= 10);

        foreach (var (method, path) in endpoints)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(body) };
            // So that a body that is refused for its size is not half way through the wire when the connection closes.
            request.Headers.ExpectContinue = body.Length > 1_000_000;
            using var response = await sandbox.Client.SendAsync(request);
            var answer = await Answer.ReadAsync(response);

            // A withdrawal needs no body; of what does not exist it says so first.
            var needsNone = path.EndsWith("/withdraw", StringComparison.Ordinal) || path.StartsWith("/networks", StringComparison.Ordinal);
            // Nor is a capture read that nobody waits for.
            var isNobodys = (path.Contains("/captures/", StringComparison.Ordinal) || path.Contains("/signing/", StringComparison.Ordinal)) && answer.Status == 404;
            // The reader of pictures takes any bytes, and says that it sees nothing.
            var isUnreadable = path.StartsWith("/readers", StringComparison.Ordinal) && answer.Status == 422;
            // So does the scanner, which finds nothing in them.
            if (path.StartsWith("/scanners", StringComparison.Ordinal) && answer.Status == 200)
                continue;
            var isFine = answer.Status is 400 or 413 || isUnreadable || isNobodys || (body.Length == 0 && needsNone && answer.Status == 404);
            Assert.True(isFine, $"{what} to {method} {path}: {answer}");
            Assert.True(answer.Json["code"] is not null || answer.Json["error"] is not null, $"{what} to {method} {path}: {answer}");
        }
    }

    [Fact]
    public async Task Every_fault_of_a_payment_is_named_at_once()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync("/billers/oshee/payments", """{"paymentId":"a b","amount":{"amount":"01.0","currency":"all"},"penalty":{"amount":"-1.00","currency":"ALL"},"paidAt":"yesterday"}""");

        Assert.Equal(400, answer.Status);
        Assert.Equal(
            ["/amount/amount", "/amount/currency", "/clientCode", "/invoiceNumber", "/paidAt", "/paymentId", "/penalty/amount"],
            answer.Json["errors"]!.AsArray().Select(error => $"{error!["pointer"]}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"amount":{"amount":"0.00","currency":"ALL"}}""", "/amount/amount")]
    [InlineData("""{"amount":{"amount":"1.00","currency":"ALL"},"penalty":{"amount":"1.00","currency":"EUR"}}""", "/penalty/currency")]
    [InlineData("""{"amount":{"amount":"1,00","currency":"ALL"}}""", "/amount/amount")]
    [InlineData("""{"amount":{"amount":1.00,"currency":"ALL"}}""", "/amount/amount")]
    [InlineData("""{"amount":{"amount":"1.00","currency":"ALL","x":1}}""", "/amount/x")]
    [InlineData("""{}""", "/amount")]
    public async Task An_amount_that_is_none_is_named_by_its_place(string body, string pointer)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.PostAsync("/billers/oshee/invoices/000000001/amount", body);

        Assert.Equal((400, pointer), (answer.Status, $"{Assert.Single(answer.Json["errors"]!.AsArray())!["pointer"]}"));
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_use_the_sandbox()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        sandbox.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(403, (await sandbox.PostAsync("/reset")).Status);
    }

    [Fact]
    public async Task A_wrong_method_is_405_and_says_which_are_right()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.DeleteAsync("/clock");

        Assert.Equal((405, "method_not_allowed"), (answer.Status, $"{answer.Json["code"]}"));
        Assert.Equal(["GET", "POST"], answer.Response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("70000")]
    public void A_port_that_is_none_stops_the_start(string port)
    {
        var stop = Assert.Throws<InvalidOperationException>(() => SandboxApp.Create(["--port", port]));

        Assert.Contains(port, stop.Message, StringComparison.Ordinal);
    }

    /// <summary>A biller's or a gateway's address where the route has a place for one.</summary>
    private static string Address(RouteEndpoint endpoint)
    {
        var route = endpoint.RoutePattern.RawText!;
        var party = route.Split('/')[1] switch
        {
            "gateways" => "push",
            "networks" => "interbank",
            "remitters" => "ria",
            "managers" => "pensions",
            "insurers" => "adriatik",
            "processors" => "cards",
            "readers" => "ocr",
            "card-servers" => "card-server",
            "scanners" => "scanner",
            "feeds" => "rates",
            "video-identifiers" => "video-kyc",
            "lists" => "sanctions",
            "credit-registries" => "credit-registry",
            "signers" => "qualified-signature",
            "back-offices" => "back-office",
            _ => "oshee",
        };
        return Regex.Replace(route, "{[a-zA-Z]+}", party);
    }

    /// <summary>What the remitter's desk does is said by the address alone, and so is that a session is cancelled.</summary>
    private static bool TakesNoBody(string path) =>
        (path.StartsWith("/remitters", StringComparison.Ordinal) && path.Split('/') is { Length: > 4 }) || path.EndsWith("/cancellation", StringComparison.Ordinal)
        || path.EndsWith("/statements", StringComparison.Ordinal);
}
