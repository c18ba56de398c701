using Serverless.Testing;
using static Microsoft.Playwright.Assertions;

namespace Serverless.Journeys.Tests.Browser;

[Collection(nameof(OneBrowser))]
public sealed class ApiReferenceInBrowserTests(Chromium chromium)
{
    [Fact]
    public async Task The_reference_page_shows_the_operations_and_speaks_to_the_bank_alone()
    {
        await using var tab = await chromium.OpenAsync();
        await using var bank = await HttpBank.StartAsync();
        var page = tab.Page;

        await page.GotoAsync($"{bank.Host.BaseAddress}api/docs");

        // Scalar renders a megabyte of script: give a loaded machine time.
        await Expect(page.Locator("h1").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Expect(page.GetByText("/public/v1/health").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        tab.AssertQuiet();
        Assert.Equal([bank.Host.BaseAddress.Authority], tab.Hosts);
    }
}
