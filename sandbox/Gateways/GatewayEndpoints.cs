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
                return Answers.Refuse(400, code, "Refused for good, asked for by refuseWith.");
            }

            inbox.Receive(channel, message, clock.Now);
            return Answers.Json(StatusCodes.Status202Accepted, new Accepted(message.Id, "accepted"));
        }
    }

    private static Message Parse(MessageRequest body, string channel, Faults faults) => new(
        faults.Text("/id", body.Id, 200),
        faults.CustomerNumber("/customer", body.Customer),
        channel switch
        {
            Channels.Sms => faults.Matching("/to", body.To, PhoneShape(), "a phone number: + and 8 to 15 digits"),
            Channels.Email => faults.Matching("/to", body.To, EmailShape(), "an e-mail address"),
            _ => faults.Text("/to", body.To, 4096),
        },
        channel == Channels.Email ? faults.Text("/title", body.Title, 200) : faults.OptionalText("/title", body.Title, 200),
        faults.Text("/text", body.Text, channel == Channels.Email ? 100_000 : 1600),
        faults.OptionalText("/link", body.Link, 2000),
        faults.Matching("/language", body.Language, LanguageShape(), "sq or en"));

    [GeneratedRegex(@"\A\+[1-9][0-9]{7,14}\z")]
    private static partial Regex PhoneShape();

    [GeneratedRegex(@"\A[^\s@<>]{1,64}@[^\s@<>]{1,190}\z")]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"\A(sq|en)\z")]
    private static partial Regex LanguageShape();

    internal sealed record MessageRequest(string? Id, string? Customer, string? To, string? Title, string? Text, string? Link, string? Language);

    internal sealed record Accepted(string Id, string Status);
}
