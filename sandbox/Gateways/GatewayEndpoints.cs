using System.Text.RegularExpressions;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Gateways;

internal static partial class GatewayEndpoints
{
    public static void AddGateways(this IServiceCollection services) => services.AddSingleton<Inbox>();

    public static void MapGateways(this IEndpointRouteBuilder app)
    {
        var parties = app.ServiceProvider.GetRequiredService<Parties>();
        var inbox = app.ServiceProvider.GetRequiredService<Inbox>();
        var clock = app.ServiceProvider.GetRequiredService<SandboxClock>();
        foreach (var (channel, _, name) in Channels.All)
        {
            parties.Add(channel, name, PartyKind.Gateway);
        }

        app.MapParties("/gateways", PartyKind.Gateway).MapContract().MapPost("/messages", (HttpRequest request) =>
        {
            var channel = request.HttpContext.Party().Id;
            return request.ReadAsync<MessageRequest, Message>(
                (body, faults) => Parse(body, channel, faults),
                message => Accept(message, Mood.Of(request.HttpContext), channel));
        });

        IResult Accept(Message message, Mood mood, string channel)
        {
            if (mood.RefuseWith is { } code && !inbox.Knows(channel, message.Id))
            {
                return Answers.Refuse(code == "unregistered" ? 410 : 400, code, "Refused for good, asked for by refuseWith.");
            }

            inbox.Receive(channel, message, clock.Now);
            return Answers.Json(StatusCodes.Status202Accepted, new Accepted(message.Id, "accepted"));
        }
    }

    private static Message Parse(MessageRequest body, string channel, Faults faults) => new(
        faults.Text("/id", body.Id, 200),
        body.Customer is null ? null : faults.CustomerNumber("/customer", body.Customer),
        channel switch
        {
            Channels.Sms => faults.Matching("/to", body.To, PhoneShape(), "a phone number: + and 8 to 15 digits"),
            Channels.Email => faults.Matching("/to", body.To, EmailShape(), "an e-mail address"),
            _ => faults.Text("/to", body.To, 4096),
        },
        channel == Channels.Email ? faults.Text("/title", body.Title, 200) : faults.OptionalText("/title", body.Title, 200),
        faults.Text("/text", body.Text, channel == Channels.Email ? 100_000 : 1600),
        faults.OptionalText("/link", body.Link, 2000),
        faults.Matching("/language", body.Language, LanguageShape(), "sq or en"))
    {
        Attachments = ReadAttachments(body.Attachments ?? [], channel, faults),
    };

    private static List<Attachment> ReadAttachments(IReadOnlyList<AttachmentRequest> files, string channel, Faults faults)
    {
        if (files.Count > 0 && channel != Channels.Email)
            faults.Add("/attachments", "Only an e-mail has attachments.");
        if (files.Count > 10)
            faults.Add("/attachments", "At most 10 attachments.");
        return [.. files.Select((file, i) => new Attachment(
            faults.Matching($"/attachments/{i}/name", file.Name, FileNameShape(), "a file name: letters, digits, dots, hyphens"),
            faults.Text($"/attachments/{i}/contentType", file.ContentType, 100),
            Content(file.Content, $"/attachments/{i}/content", faults)))];
    }

    private static byte[] Content(string? base64, string field, Faults faults)
    {
        var bytes = new byte[((base64?.Length ?? 0) / 4 * 3) + 3];
        if (base64 is { Length: > 0 } && Convert.TryFromBase64String(base64, bytes, out var length))
            return bytes[..length];
        faults.Add(field, "Must be base64 of at least one byte.");
        return [];
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z")]
    private static partial Regex FileNameShape();

    [GeneratedRegex(@"\A\+[1-9][0-9]{7,14}\z")]
    private static partial Regex PhoneShape();

    [GeneratedRegex(@"\A[^\s@<>]{1,64}@[^\s@<>]{1,190}\z")]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"\A(sq|en)\z")]
    private static partial Regex LanguageShape();

    internal sealed record MessageRequest(string? Id, string? Customer, string? To, string? Title, string? Text, string? Link, string? Language,
        IReadOnlyList<AttachmentRequest>? Attachments);

    internal sealed record AttachmentRequest(string? Name, string? ContentType, string? Content);

    internal sealed record Accepted(string Id, string Status);
}
