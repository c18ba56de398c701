using System.Net.Http.Headers;
using System.Text;

namespace Serverless.Functions.Tests.Http;

public sealed class BodyTests(KitHost kit) : IClassFixture<KitHost>
{
    private const string Good = """
        {"name":"Test","amount":{"amount":"1707.40","currency":"ALL"},"account":"5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10","on":"2026-01-31","colour":"dark_blue","lines":[{"name":"a","count":1}]}
        """;

    [Fact]
    public async Task A_good_body_reaches_the_function_with_its_key()
    {
        var answer = await OrderAsync(Good);

        Assert.Equal(200, answer.Status);
        Assert.Equal("Test ALL 1707.40 2026-01-31 DarkBlue 1 - False", (string?)answer.Json["order"]);
        Assert.Equal("key-1", (string?)answer.Json["key"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("{}}")]
    [InlineData("{} {}")]
    [InlineData("{} // comment")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{name:1}")]
    [InlineData("\uFEFF{}")]
    [InlineData("NaN")]
    public async Task What_is_not_JSON_is_refused_as_such(string body)
    {
        var answer = await OrderAsync(body);

        Assert.Equal(body.Length == 0 ? "400 body_missing" : "400 malformed_json", answer.ToString());
    }

    [Fact]
    public async Task The_place_of_a_syntax_error_is_told()
    {
        var answer = await OrderAsync("{\n  \"name\": ?\n}");

        Assert.Equal((2, 11), ((int)answer.Json["line"]!, (int)answer.Json["column"]!));
        Assert.Equal("The body is not valid JSON: line 2, column 11.", (string?)answer.Json["detail"]);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        var answer = await kit.SendAsync("POST", "kit/orders", change: request => request.Content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8])
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        });

        Assert.Equal("400 malformed_json", answer.ToString());
    }

    [Fact]
    public async Task Nesting_has_an_end()
    {
        var answer = await OrderAsync(new string('[', 5000) + new string(']', 5000));

        Assert.Equal("400 json_too_deep", answer.ToString());
    }

    [Fact]
    public async Task One_megabyte_is_refused_and_not_read()
    {
        var answer = await OrderAsync($$"""{"name":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal("413 body_too_large", answer.ToString());
        Assert.Equal(65536, (int)answer.Json["maxBytes"]!);
    }

    [Fact]
    public async Task One_megabyte_without_a_length_is_refused_too()
    {
        var answer = await kit.SendAsync("POST", "kit/orders", change: request =>
        {
            request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024)))) { Headers = { ContentType = new("application/json") } };
            request.Headers.TransferEncodingChunked = true;
        });

        Assert.Equal("413 body_too_large", answer.ToString());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.api+json")]
    [InlineData(null)]
    public async Task Only_JSON_in_UTF_8_is_taken(string? contentType)
    {
        var answer = await kit.SendAsync("POST", "kit/orders", change: request => request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Good))
        {
            Headers = { ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType) },
        });

        Assert.Equal("415 unsupported_media_type", answer.ToString());
    }

    [Fact]
    public async Task Every_fault_is_listed_at_once_with_its_place()
    {
        var answer = await kit.SendAsync("POST", "kit/orders?colour=red", """
            {
              "name": "",
              "Amount": {},
              "amount": { "amount": "1707.4", "currency": "ALL" },
              "account": "5F0C3A1E-7D2B-4C8E-9A61-3B7F2D9C4E10",
              "on": "2026-02-30",
              "colour": "Red",
              "lines": [ { "name": "a", "count": 0 }, { "name": "12345678901", "count": 1.0 }, "c" ],
              "code": "ab12",
              "urgent": "yes",
              "urgent": true
            }
            """);

        Assert.Equal("""
            400 invalid_input
            Idempotency-Key idempotency_key_missing
            colour unknown_parameter
            /name too_short
            /Amount unknown_member
            /amount/amount amount_decimals
            /account malformed_id
            /on malformed_date
            /colour unknown_code
            /lines/0/count number_out_of_range
            /lines/1/name too_long
            /lines/1/count wrong_type
            /lines/2 wrong_type
            /code pattern_mismatch
            /urgent wrong_type
            /urgent duplicate_member
            """, answer.ToString());
    }

    [Fact]
    public async Task What_is_missing_is_listed_too()
    {
        Assert.Equal("""
            400 invalid_input
            /name required
            /amount required
            /account required
            /on required
            /colour required
            /lines required
            """, (await OrderAsync("{}")).ToString());
    }

    [Theory]
    [InlineData("[]", " wrong_type")]
    [InlineData("null", " wrong_type")]
    [InlineData("\"text\"", " wrong_type")]
    [InlineData("5", " wrong_type")]
    public async Task The_whole_body_has_an_empty_pointer(string body, string fault) =>
        Assert.Equal($"400 invalid_input\n{fault}", (await OrderAsync(body)).ToString());

    [Theory]
    [InlineData("1707.40", "ALL", "fine")]
    [InlineData("500", "JPY", "fine")]
    [InlineData("0.450", "KWD", "fine")]
    [InlineData("999999999999999.99", "ALL", "fine")]
    [InlineData("1707.4", "ALL", "/amount/amount amount_decimals")]
    [InlineData("1707", "ALL", "/amount/amount amount_decimals")]
    [InlineData("1707.401", "ALL", "/amount/amount amount_decimals")]
    [InlineData("500.00", "JPY", "/amount/amount amount_decimals")]
    [InlineData("-1.00", "ALL", "/amount/amount amount_not_positive")]
    [InlineData("0.00", "ALL", "/amount/amount amount_not_positive")]
    [InlineData("1.00", "XXX", "/amount/currency currency_unknown")]
    [InlineData("1.00", "all", "/amount/currency currency_unknown")]
    [InlineData("1.00", "", "/amount/currency currency_unknown")]
    [InlineData("", "ALL", "/amount/amount amount_malformed")]
    [InlineData("1,00", "ALL", "/amount/amount amount_malformed")]
    [InlineData("+1.00", "ALL", "/amount/amount amount_malformed")]
    [InlineData("01.00", "ALL", "/amount/amount amount_malformed")]
    [InlineData(".50", "ALL", "/amount/amount amount_malformed")]
    [InlineData("1.", "ALL", "/amount/amount amount_malformed")]
    [InlineData("1e3", "ALL", "/amount/amount amount_malformed")]
    [InlineData(" 1.00", "ALL", "/amount/amount amount_malformed")]
    [InlineData("١.٠٠", "ALL", "/amount/amount amount_malformed")]
    [InlineData("1.00\n", "ALL", "/amount/amount amount_malformed")]
    [InlineData("9999999999999999.99", "ALL", "/amount/amount amount_too_large")]
    public async Task Every_fault_of_an_amount_has_its_own_code(string amount, string currency, string expected)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Good)!;
        json["amount"] = new System.Text.Json.Nodes.JsonObject { ["amount"] = amount, ["currency"] = currency };

        var answer = await OrderAsync(json.ToJsonString());

        Assert.Equal(expected == "fine" ? "200" : $"400 invalid_input\n{expected}", expected == "fine" ? $"{answer.Status}" : answer.ToString());
    }

    [Theory]
    [InlineData("{\"amount\":1707.40,\"currency\":\"ALL\"}", "/amount/amount wrong_type")]
    [InlineData("{\"amount\":\"1.00\"}", "/amount/currency required")]
    [InlineData("{\"amount\":\"1.00\",\"currency\":\"ALL\",\"scale\":2}", "/amount/scale unknown_member")]
    [InlineData("\"1.00 ALL\"", "/amount wrong_type")]
    [InlineData("null", "/amount required")]
    public async Task An_amount_is_an_object_of_two_texts(string amount, string fault)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Good)!;
        json["amount"] = System.Text.Json.Nodes.JsonNode.Parse(amount);

        Assert.Equal($"400 invalid_input\n{fault}", (await OrderAsync(json.ToJsonString())).ToString());
    }

    [Theory]
    [InlineData("Zana e Malësisë", "200")]
    [InlineData("👩‍👩‍👧 Ξένος", "200")]
    [InlineData("a\\u0000b", "/name characters_not_allowed")]
    [InlineData("a\\nb", "/name characters_not_allowed")]
    [InlineData("a\\u202Eb", "/name characters_not_allowed")]
    [InlineData("a\\uD800b", "/name characters_not_allowed")]
    [InlineData("a\\uFFFFb", "/name characters_not_allowed")]
    [InlineData("   ", "/name blank")]
    [InlineData("\\u00A0", "/name blank")]
    [InlineData("123456789012345678901", "/name too_long")]
    public async Task Text_has_a_length_and_allowed_characters(string name, string expected)
    {
        var answer = await OrderAsync(Good.Replace("\"Test\"", $"\"{name}\"", StringComparison.Ordinal));

        Assert.Equal(expected == "200" ? expected : $"400 invalid_input\n{expected}", expected == "200" ? $"{answer.Status}" : answer.ToString());
    }

    [Fact]
    public async Task A_member_name_that_is_no_text_is_a_fault_and_no_crash() =>
        Assert.Equal(400, (await OrderAsync(Good.Replace("\"name\"", "\"na\\uD800me\"", StringComparison.Ordinal))).Status);

    [Fact]
    public async Task Faults_found_by_the_command_are_reported_the_same_way() =>
        Assert.Equal("400 invalid_input\n/name pattern_mismatch", (await OrderAsync(Good.Replace("\"Test\"", "\"forbidden\"", StringComparison.Ordinal))).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task An_idempotency_key_is_1_to_64_visible_ASCII_characters(string key)
    {
        var answer = await kit.SendAsync("POST", "kit/orders", Good, request => request.Headers.TryAddWithoutValidation("Idempotency-Key", key));

        Assert.Equal("400 invalid_input\nIdempotency-Key idempotency_key_malformed", answer.ToString());
    }

    [Fact]
    public async Task The_hash_is_of_the_order_and_not_of_its_spelling()
    {
        var first = (string?)(await OrderAsync(Good)).Json["hash"];
        var reordered = System.Text.Json.Nodes.JsonNode.Parse(Good)!.AsObject();
        var name = reordered["name"]!.DeepClone();
        reordered.Remove("name");
        reordered["name"] = name;

        var same = (string?)(await OrderAsync(reordered.ToJsonString(new() { WriteIndented = true }).Replace("Test", "\\u0054est", StringComparison.Ordinal))).Json["hash"];
        var other = (string?)(await OrderAsync(Good.Replace("1707.40", "1707.41", StringComparison.Ordinal))).Json["hash"];

        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.Equal(first, same);
        Assert.NotEqual(first, other);
    }

    [Theory]
    [InlineData("{}", "name=absent note=absent")]
    [InlineData("{\"note\":null}", "name=absent note=null")]
    [InlineData("{\"name\":\"n\",\"note\":\"x\"}", "name=n note=x")]
    public async Task A_change_tells_absent_from_null(string body, string expected)
    {
        var answer = await kit.SendAsync("PATCH", "kit/orders/5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10", body);

        Assert.Equal($"200 5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10 {expected}", answer.ToString());
    }

    [Fact]
    public async Task A_change_cannot_take_away_what_must_be_there() =>
        Assert.Equal("400 invalid_input\n/name required", (await kit.SendAsync("PATCH", "kit/orders/5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10", "{\"name\":null}")).ToString());

    private Task<Answer> OrderAsync(string body) => kit.SendAsync("POST", "kit/orders", body, request => request.Headers.Add("Idempotency-Key", "key-1"));
}
