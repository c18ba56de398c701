using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Gateways;

/// <summary>The inbox for people. Cards are rendered here only, for the first view and for what arrives later.</summary>
internal static class InboxPage
{
    private const int Shown = 200;

    public static IResult Show(HttpContext context, Inbox inbox, InboxFilter filter, bool isFaulty)
    {
        var (messages, version) = isFaulty ? ([], 0) : inbox.Show(filter, Shown);
        var page = Page.Show(context, "Inbox", "/inbox", nonce => Body(messages, version, filter, isFaulty, nonce), refreshSeconds: 5);
        context.Response.StatusCode = isFaulty ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        return page;
    }

    public static Html Card(ReceivedMessage received, bool isNew)
    {
        var message = received.Message;
        var title = message.Title is null ? Html.Empty : Html.Of($"<h3>{message.Title}</h3>");
        var link = message.Link is null ? Html.Empty : Html.Of($"<span>Opens {Link(message.Link)}</span>");
        var files = Html.Join(message.Attachments.Select((file, i) =>
            Html.Of($"""<p class="file"><a href="{InboxEndpoints.AttachmentAddress(received, i)}">{file.Name}</a> ({file.Content.Length} bytes)</p>""")));
        var repeats = received.TimesSent == 1 ? Html.Empty
            : Html.Of($"""<span class="twice">Sent {received.TimesSent} times, delivered once{(received.Differed ? "; the contents differed" : "")}</span>""");
        return Html.Of($"""
            <li class="message {received.Channel}{(isNew ? " new" : "")}" data-key="{received.Channel}:{message.Id}">
            <header><span class="channel">{Channels.Label(received.Channel)}</span>
            <a href="/inbox?customer={message.Customer}">{message.Customer}</a><span class="to">{Shorten(message.To)}</span>
            <time datetime="{received.ReceivedAt:yyyy-MM-ddTHH:mm:ssZ}">{received.ReceivedAt:yyyy-MM-dd HH:mm:ss} UTC</time></header>
            {title}<p class="text" lang="{message.Language}">{message.Text}</p>
            {files}<footer>{link}<span>{message.Language}</span>{repeats}</footer>
            </li>
            """);
    }

    /// <summary>Only a web address may be clicked; anything else, an app's own scheme or a script, is shown as text.</summary>
    private static Html Link(string link) => Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? Html.Of($"""<a href="{link}" rel="noopener noreferrer">{link}</a>""")
        : Html.Of($"<code>{link}</code>");

    /// <summary>A push token is long and says nothing to people.</summary>
    private static string Shorten(string to) => to.Length <= 64 ? to : $"{to[..24]}…{to[^8..]}";

    private static Html Body(IReadOnlyList<ReceivedMessage> messages, long version, InboxFilter filter, bool isFaulty, string nonce)
    {
        var stream = QueryString.Create(
            new Dictionary<string, string?> { ["customer"] = filter.Customer, ["channel"] = filter.Channel, ["after"] = $"{version}" }
                .Where(part => part.Value is not null)).ToUriComponent();
        var options = Html.Join(Channels.All.Select(channel => filter.Channel == channel.Id
            ? Html.Of($"""<option value="{channel.Id}" selected>{channel.Label}</option>""")
            : Html.Of($"""<option value="{channel.Id}">{channel.Label}</option>""")));
        var clear = filter == new InboxFilter(null, null) ? Html.Empty : Html.Of($"""<a class="clear" href="/inbox">Show all</a>""");
        var fault = isFaulty
            ? Html.Of($"""<p class="ill" role="alert">A customer number has nine digits, and a channel is push, sms or email.</p>""")
            : Html.Empty;
        return Html.Of($"""
            <div class="title"><h1>Inbox</h1><span class="live" id="live" role="status">Not live</span></div>
            <p class="soft">Every push, SMS and e-mail that the bank has sent, newest first.</p>
            <form class="filter" action="/inbox">
            <label>Customer<input name="customer" value="{filter.Customer}" inputmode="numeric" maxlength="9" placeholder="all" autocomplete="off"></label>
            <label>Channel<select name="channel"><option value="">all</option>{options}</select></label>
            <button>Filter</button>{clear}
            </form>
            {fault}
            <ol class="messages" id="messages" aria-live="polite" data-stream="/inbox/stream{stream}">{Html.Join(messages.Select(message => Card(message, isNew: false)))}</ol>
            <p class="empty">Nothing here yet. Messages appear by themselves.</p>
            {(isFaulty ? Html.Empty : Html.Of($"""<script nonce="{nonce}">{Script}</script>"""))}
            """);
    }

    private static readonly Html Script = Html.Of($$"""
        'use strict';
        const list = document.getElementById('messages');
        const live = document.getElementById('live');
        const show = (state, label) => { live.dataset.state = state; live.textContent = label; };
        const source = new EventSource(list.dataset.stream);
        source.onopen = () => show('open', 'Live');
        source.onerror = () => show('lost', 'Waiting for the sandbox');
        source.addEventListener('emptied', () => location.reload());
        source.addEventListener('message', (event) => {
          const holder = document.createElement('template');
          holder.innerHTML = event.data;
          const card = holder.content.firstElementChild;
          const known = [...list.children].find((item) => item.dataset.key === card.dataset.key);
          if (known) known.replaceWith(card); else list.prepend(card);
          while (list.children.length > 200) list.lastElementChild.remove();
        });
        """);
}
