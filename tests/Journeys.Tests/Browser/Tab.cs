using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Serverless.Journeys.Tests.Browser;

/// <summary>A page with a record of everything that a user would not see: errors, refused scripts, calls to other hosts.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<string, bool> hosts = new();

    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Dialog += (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        page.Request += (_, request) => hosts.TryAdd(new Uri(request.Url).Authority, true);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, script failures, dialogs.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <summary>Every host that the page has spoken to; a data URL has none.</summary>
    public IReadOnlyList<string> Hosts => [.. hosts.Keys.Where(host => host.Length > 0).Order()];

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private void Note(bool isComplaint, string what)
    {
        if (isComplaint)
        {
            complaints.Enqueue(what);
        }
    }
}
