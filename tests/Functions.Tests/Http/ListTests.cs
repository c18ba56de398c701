namespace Serverless.Functions.Tests.Http;

public sealed class ListTests(KitHost kit) : IClassFixture<KitHost>
{
    [Fact]
    public async Task Pages_follow_each_other_to_the_end()
    {
        var pages = new List<string>();
        string? cursor = null;
        do
        {
            var answer = await kit.GetAsync($"kit/items?limit=2&colour=dark_blue{(cursor is null ? "" : $"&cursor={cursor}")}");
            pages.Add(answer.Json["items"]!.ToJsonString());
            cursor = (string?)answer.Json["nextCursor"];
        }
        while (cursor is not null);

        Assert.Equal(["""["DarkBlue 1","DarkBlue 2"]""", """["DarkBlue 3","DarkBlue 4"]""", """["DarkBlue 5"]"""], pages);
    }

    [Fact]
    public async Task The_last_page_says_so() => Assert.Contains("\"nextCursor\":null", (await kit.GetAsync("kit/items")).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("limit=0", "limit number_out_of_range")]
    [InlineData("limit=101", "limit number_out_of_range")]
    [InlineData("limit=many", "limit wrong_type")]
    [InlineData("limit=", "limit wrong_type")]
    [InlineData("limit=99999999999999999999", "limit wrong_type")]
    [InlineData("limit=1&limit=2", "limit repeated_parameter")]
    [InlineData("Limit=1", "Limit unknown_parameter")]
    [InlineData("colour=Red", "colour unknown_code")]
    [InlineData("colour=0", "colour unknown_code")]
    [InlineData("from=31.01.2026", "from malformed_date")]
    [InlineData("%66rom=x", "from malformed_date")]
    [InlineData("cursor=", "cursor cursor_invalid")]
    [InlineData("cursor=abc", "cursor cursor_invalid")]
    [InlineData("cursor=%20", "cursor cursor_invalid")]
    public async Task A_faulty_query_is_refused(string query, string fault) =>
        Assert.Equal($"400 invalid_input\n{fault}", (await kit.GetAsync($"kit/items?{query}")).ToString());

    [Fact]
    public async Task Faults_of_a_query_come_together() =>
        Assert.Equal("400 invalid_input\nx unknown_parameter\nlimit number_out_of_range\ncolour unknown_code", (await kit.GetAsync("kit/items?x=1&limit=0&colour=pink")).ToString());

    [Fact]
    public async Task A_key_of_the_functions_host_may_be_in_the_query() => Assert.Equal(200, (await kit.GetAsync("kit/items?code=abc")).Status);

    [Fact]
    public async Task An_altered_cursor_is_refused()
    {
        var cursor = (string)(await kit.GetAsync("kit/items?limit=2")).Json["nextCursor"]!;

        for (var i = 0; i < cursor.Length; i++)
        {
            var altered = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            var answer = await kit.GetAsync($"kit/items?limit=2&cursor={altered}");

            Assert.Equal("400 invalid_input\ncursor cursor_invalid", answer.ToString());
        }
    }

    [Fact]
    public async Task A_cursor_goes_with_its_filters()
    {
        var cursor = (string)(await kit.GetAsync("kit/items?limit=2&colour=red")).Json["nextCursor"]!;

        Assert.Equal(400, (await kit.GetAsync($"kit/items?limit=2&colour=dark_blue&cursor={cursor}")).Status);
        Assert.Equal(200, (await kit.GetAsync($"kit/items?limit=3&colour=red&cursor={cursor}")).Status);
    }
}
