using Microsoft.Playwright;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>The machine's own Chromium, driven by Playwright. Nothing is downloaded: without one the tests are skipped and say so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Headless in a container, and silent on the network but for what a test opens.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Find() is not { } executable)
        {
            return;
        }

        // A loaded machine is no failure.
        Assertions.SetDefaultExpectTimeout(20_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = executable, Args = Arguments, Headless = true });
    }

    /// <summary>A page of its own, with nothing remembered from others; skips the test where there is no browser.</summary>
    public async Task<Tab> OpenAsync(int width = 1100, int height = 800)
    {
        Assert.SkipWhen(browser is null, $"No browser on PATH ({string.Join(", ", Names)}): tests/install-chromium.sh installs one.");
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await context.AddInitScriptAsync(Tab.SpellOutComplaints);
        return new Tab(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string? Find() => Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
