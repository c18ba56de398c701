using System.Collections.Concurrent;
using Microsoft.Playwright;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>A page with a record of everything that a user would not see: errors, dialogs, calls to other hosts.</summary>
public sealed class Tab : IAsyncDisposable
{
    /// <summary>An object in a complaint is worth nothing as "[Object]".</summary>
    public const string SpellOutComplaints = """
        {
          const log = console.error.bind(console);
          console.error = (...parts) => log(...parts.map((part) => typeof part === 'object' && !(part instanceof Error) ? JSON.stringify(part) : part));
        }
        """;

    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<string, bool> hosts = new();

    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) => hosts.TryAdd(new Uri(request.Url).Authority, true);
    }

    public IPage Page { get; }

    /// <summary>No errors on the console (refused scripts and requests among them), no script failures, no dialogs.</summary>
    public void AssertQuiet() => Assert.True(complaints.IsEmpty, string.Join('\n', complaints));

    /// <summary>What <see cref="AssertQuiet"/> would complain of, for a page that is made to.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    /// <summary>Every host that the page has spoken to; a data URL has none.</summary>
    public IReadOnlyList<string> Hosts => [.. hosts.Keys.Where(host => host.Length > 0).Order()];

    /// <summary>What it looks like now, for people: <c>artifacts/screenshots/{name}.png</c>.</summary>
    public Task KeepAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"{name}.png") });

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private void Note(bool isComplaint, string what)
    {
        if (isComplaint)
        {
            complaints.Enqueue(what);
        }
    }
}
