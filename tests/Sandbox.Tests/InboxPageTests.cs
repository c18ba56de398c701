using System.Net;
using System.Net.ServerSentEvents;
using System.Text.RegularExpressions;

namespace Serverless.Sandbox.Tests;

public sealed class InboxPageTests
{
    private const string Hostile = """x"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;""";

    [Fact]
    public async Task Markup_in_any_field_is_shown_as_text()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push(Hostile, text: Hostile, title: Hostile, link: Hostile, to: Hostile));

        foreach (var page in new[] { (await sandbox.GetAsync("/inbox")).Text, await FirstCardAsync(sandbox, "/inbox/stream?after=0") })
        {
            // Every tag of the card is one of its own: nothing of the message has become markup.
            var card = page[page.IndexOf("<li ", StringComparison.Ordinal)..page.IndexOf("</li>", StringComparison.Ordinal)];
            Assert.Equal(
                ["li", "header", "span", "a", "span", "time", "h3", "p", "footer", "span", "code", "span"],
                Regex.Matches(card, "<([a-z0-9]+)").Select(tag => tag.Groups[1].Value));
            Assert.Equal(5, Regex.Count(WebUtility.HtmlDecode(card), Regex.Escape(Hostile)));
            Assert.DoesNotContain("\"'>", card, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JAVASCRIPT:alert(1)", false)]
    [InlineData("data:text/html,<script>alert(1)</script>", false)]
    [InlineData("bank://invoices/1", false)]
    [InlineData("https://bank.example.com/invoices/1", true)]
    public async Task Only_a_web_address_can_be_clicked(string link, bool isClickable)
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1", link: link));

        var page = (await sandbox.GetAsync("/inbox")).Text;

        Assert.Equal(isClickable, page.Contains($"href=\"{link}\"", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(WebUtility.HtmlEncode(link), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_filter_is_not_echoed_as_markup()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var answer = await sandbox.GetAsync($"/inbox?customer={Uri.EscapeDataString(Hostile)}&channel={Uri.EscapeDataString(Hostile)}");

        Assert.Equal(400, answer.Status);
        Assert.DoesNotContain("<script>", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/inbox")]
    public async Task Pages_load_nothing_from_elsewhere_and_run_only_their_own_script(string path)
    {
        await using var sandbox = await SandboxHost.StartAsync();

        var first = await sandbox.GetAsync(path);
        var second = await sandbox.GetAsync(path);

        var policy = Assert.Single(first.Response.Headers.GetValues("Content-Security-Policy"));
        var nonce = Regex.Match(policy, "script-src 'nonce-([0-9a-f]{32})'").Groups[1].Value;
        Assert.NotEmpty(nonce);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.NotEqual(policy, Assert.Single(second.Response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("text/html; charset=utf-8", $"{first.Response.Content.Headers.ContentType}");
        Assert.DoesNotMatch("(src|<link[^>]*href)=\"(?!data:,)", first.Text);
        Assert.All(Regex.Matches(first.Text, "<(script|style)[^>]*>").Select(tag => tag.Value), tag => Assert.Contains($"nonce=\"{nonce}\"", tag, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_refreshes_itself_where_no_script_runs()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Contains("""<noscript><meta http-equiv="refresh" content="5"></noscript>""", (await sandbox.GetAsync("/inbox")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_brings_what_arrives_after_the_page_and_only_what_the_filter_shows()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("before"));
        var stream = Regex.Match((await sandbox.GetAsync("/inbox?customer=100000001&channel=push")).Text, "data-stream=\"([^\"]*)\"").Groups[1].Value;

        var arriving = FirstCardAsync(sandbox, WebUtility.HtmlDecode(stream));
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("of-another", customer: "100000002"));
        await sandbox.PostAsync("/gateways/sms/messages", Messages.Sms("of-another-channel"));
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("mine"));

        Assert.Contains("data-key=\"push:mine\"", await arriving, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_comes_back_gets_what_it_has_missed()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"));
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-2"));

        sandbox.Client.DefaultRequestHeaders.Add("Last-Event-ID", "1");

        Assert.Contains("data-key=\"push:m-2\"", await FirstCardAsync(sandbox, "/inbox/stream?after=0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_told_when_the_inbox_was_emptied()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await sandbox.PostAsync("/gateways/push/messages", Messages.Push("m-1"));
        await sandbox.PostAsync("/reset");

        Assert.Equal("emptied", (await FirstEventAsync(sandbox, "/inbox/stream?after=1", item => item.EventType != "hello")).EventType);
    }

    private static async Task<string> FirstCardAsync(SandboxHost sandbox, string stream) =>
        (await FirstEventAsync(sandbox, stream, item => item.EventType == "message")).Data;

    private static async Task<SseItem<string>> FirstEventAsync(SandboxHost sandbox, string stream, Func<SseItem<string>, bool> wanted)
    {
        await using var events = await sandbox.Client.GetStreamAsync(stream);
        await foreach (var item in SseParser.Create(events).EnumerateAsync())
        {
            if (wanted(item))
            {
                return item;
            }
        }

        throw new InvalidOperationException("The stream has ended.");
    }
}
