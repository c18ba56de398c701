using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Gateways;

internal static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/inbox", (HttpContext context, Inbox inbox, string? customer, string? channel) =>
        {
            var faults = new Faults();
            var filter = Read(customer, channel, faults);
            return InboxPage.Show(context, inbox, filter, faults.Any);
        });
        app.MapGet("/inbox/messages", (Inbox inbox, string? customer, string? channel) => Filtered(customer, channel, filter =>
            Answers.Json(200, new MessagesResponse([.. inbox.Show(filter).Messages.Select(MessageResponse.From)]))));
        app.MapGet("/inbox/messages/{channel}/{id}/attachments/{index:int}", (HttpContext context, Inbox inbox, string channel, string id, int index) =>
        {
            if (inbox.Find(channel, id)?.Message.Attachments is not { } files || index < 0 || index >= files.Count)
                return Results.NotFound();
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.File(files[index].Content, files[index].ContentType, files[index].Name);
        });
        app.MapGet("/inbox/stream", (HttpRequest request, Inbox inbox, IHostApplicationLifetime lifetime, string? customer, string? channel, string? after) =>
            Filtered(customer, channel, filter => TypedResults.ServerSentEvents(
                StreamAsync(inbox, filter, Position(request, after), lifetime.ApplicationStopping, request.HttpContext.RequestAborted))));
    }

    private static IResult Filtered(string? customer, string? channel, Func<InboxFilter, IResult> answer)
    {
        var faults = new Faults();
        var filter = Read(customer, channel, faults);
        return faults.Any ? faults.Answer() : answer(filter);
    }

    /// <summary>An empty field of the form filters nothing.</summary>
    private static InboxFilter Read(string? customer, string? channel, Faults faults)
    {
        var filter = new InboxFilter(
            string.IsNullOrWhiteSpace(customer) ? null : faults.CustomerNumber("/customer", customer.Trim()),
            string.IsNullOrEmpty(channel) ? null : channel);
        if (filter.Channel is { } wanted && Channels.All.All(known => known.Id != wanted))
        {
            faults.Add("/channel", "Must be push, sms or email.");
        }

        return filter;
    }

    /// <summary>Where a page stands: what its browser says after a reconnect, else what the page was rendered with.</summary>
    private static long Position(HttpRequest request, string? after) =>
        long.TryParse(request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
        || long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out last) ? last : 0;

    private static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        Inbox inbox, InboxFilter filter, long position, CancellationToken stopping, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        yield return new SseItem<string>("", "hello") { ReconnectionInterval = TimeSpan.FromSeconds(1) };
        while (!end.IsCancellationRequested)
        {
            var changes = inbox.ChangesAsync(position, end.Token);
            await ((Task)changes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!changes.IsCompletedSuccessfully)
            {
                yield break;
            }

            var (messages, version, wasEmptied) = await changes;
            position = version;
            if (wasEmptied)
            {
                yield return new SseItem<string>("", "emptied") { EventId = Id(version) };
            }

            foreach (var message in messages.Where(filter.Shows))
            {
                yield return new SseItem<string>(InboxPage.Card(message, isNew: true).Markup, "message") { EventId = Id(message.Version) };
            }
        }
    }

    private static string Id(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Below the sandbox's own address.</summary>
    public static string AttachmentAddress(ReceivedMessage received, int index) =>
        $"/inbox/messages/{received.Channel}/{Uri.EscapeDataString(received.Message.Id)}/attachments/{index.ToString(CultureInfo.InvariantCulture)}";

    internal sealed record AttachmentResponse(string Name, string ContentType, int Bytes, string Url);

    internal sealed record MessagesResponse(IReadOnlyList<MessageResponse> Messages);

    internal sealed record MessageResponse(
        string Id, string Channel, string? Customer, string To, string? Title, string Text, string? Link, string Language, DateTimeOffset ReceivedAt,
        int TimesSent, bool Differed, IReadOnlyList<AttachmentResponse> Attachments)
    {
        public static MessageResponse From(ReceivedMessage received) => new(
            received.Message.Id, received.Channel, received.Message.Customer, received.Message.To, received.Message.Title, received.Message.Text,
            received.Message.Link, received.Message.Language, received.ReceivedAt, received.TimesSent, received.Differed,
            [.. received.Message.Attachments.Select((file, i) => new AttachmentResponse(
                file.Name, file.ContentType, file.Content.Length, AttachmentAddress(received, i)))]);
    }
}
