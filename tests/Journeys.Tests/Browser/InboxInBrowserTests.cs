using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using Serverless.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Serverless.Journeys.Tests.Browser;

[Collection(nameof(OneBrowser))]
public sealed class InboxInBrowserTests(Chromium chromium) : IAsyncLifetime
{
    private readonly WebApplication sandbox = SandboxApp.Create(["--port", "0"]);
    private readonly HttpClient bank = new();

    public async ValueTask InitializeAsync()
    {
        await sandbox.StartAsync();
        bank.BaseAddress = new Uri(sandbox.Urls.Single());
        bank.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "partner-key");
    }

    public async ValueTask DisposeAsync()
    {
        bank.Dispose();
        await sandbox.DisposeAsync();
    }

    [Fact]
    public async Task A_pushed_message_appears_by_itself_and_the_filter_narrows_what_is_seen()
    {
        await using var tab = await chromium.OpenAsync();
        var page = tab.Page;
        await page.GotoAsync($"{bank.BaseAddress}inbox");
        var messages = page.Locator("#messages > li");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");
        await Expect(page.GetByText("Nothing here yet.")).ToBeVisibleAsync();
        await page.EvaluateAsync("window.neverReloaded = true");

        await DeliverAsync("push", "m-1", "100000001", "token-1", "OSHEE: faturë e re 950.00 ALL");
        await Expect(messages).ToHaveCountAsync(1);
        await Expect(messages.First).ToContainTextAsync("OSHEE: faturë e re 950.00 ALL");
        await Expect(page.GetByText("Nothing here yet.")).ToBeHiddenAsync();
        await DeliverAsync("sms", "m-2", "100000001", "+355691000001", "Kodi 123456");
        await DeliverAsync("push", "m-3", "100000002", "token-2", "UKT: faturë e re");
        await Expect(messages).ToHaveCountAsync(3);
        await Expect(messages.First).ToContainTextAsync("UKT: faturë e re");
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded"));

        await page.GetByLabel("Customer").FillAsync("100000001");
        await page.GetByLabel("Channel").SelectOptionAsync("push");
        await page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(messages).ToHaveCountAsync(1);
        await Expect(messages.First).ToContainTextAsync("OSHEE");
        await Expect(page.Locator("#live")).ToHaveTextAsync("Live");

        // What the filter hides does not arrive, what it shows does.
        await DeliverAsync("push", "m-4", "100000002", "token-2", "Not for this filter");
        await DeliverAsync("push", "m-5", "100000001", "token-1", "For this filter");
        await Expect(messages.First).ToContainTextAsync("For this filter");
        await Expect(messages).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).ClickAsync();
        await Expect(messages).ToHaveCountAsync(5);
        tab.AssertQuiet();
        Assert.Equal([bank.BaseAddress!.Authority], tab.Hosts);
    }

    [Fact]
    public async Task A_repeated_message_changes_its_card_instead_of_adding_one()
    {
        await using var tab = await chromium.OpenAsync();
        await tab.Page.GotoAsync($"{bank.BaseAddress}inbox");
        await Expect(tab.Page.Locator("#live")).ToHaveTextAsync("Live");

        await DeliverAsync("push", "m-1", "100000001", "token-1", "Once");
        await DeliverAsync("push", "m-1", "100000001", "token-1", "Once");

        await Expect(tab.Page.GetByText("Sent 2 times, delivered once")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("#messages > li")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_message_with_markup_runs_nothing_and_is_read_as_it_was_written()
    {
        const string hostile = """<script>alert(1)</script><img src=x onerror="alert(2)">""";
        await using var tab = await chromium.OpenAsync();
        await DeliverAsync("push", "before", "100000001", "token-1", hostile);
        await tab.Page.GotoAsync($"{bank.BaseAddress}inbox");
        await Expect(tab.Page.Locator("#live")).ToHaveTextAsync("Live");

        await DeliverAsync("push", "after", "100000001", "token-1", hostile);

        await Expect(tab.Page.Locator("#messages .text")).ToHaveTextAsync([hostile, hostile]);
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Pages_follow_the_readers_colour_scheme_and_fit_a_phone()
    {
        await using var tab = await chromium.OpenAsync(width: 360, height: 740);
        await DeliverAsync("push", "m-1", "100000001", new string('t', 300), new string('x', 400));
        foreach (var path in new[] { "", "inbox" })
        {
            await tab.Page.GotoAsync($"{bank.BaseAddress}{path}");
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            var light = await GroundAsync(tab.Page);
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });

            Assert.True(light > 200, $"/{path} light: {light}");
            Assert.True(await GroundAsync(tab.Page) < 60, $"/{path} is not dark.");
            Assert.True(await tab.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"/{path} scrolls sideways.");
        }

        tab.AssertQuiet();
    }

    /// <summary>How bright the page's ground is: 0 to 255.</summary>
    private static Task<int> GroundAsync(IPage page) => page.EvaluateAsync<int>(
        "Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");

    private async Task DeliverAsync(string channel, string id, string customer, string to, string text)
    {
        using var answer = await bank.PostAsJsonAsync(
            $"/gateways/{channel}/messages", new { id, customer, to, title = (string?)null, text, link = (string?)null, language = "sq" });
        Assert.Equal(202, (int)answer.StatusCode);
    }
}
