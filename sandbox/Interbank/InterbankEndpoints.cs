using System.Text;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Interbank;

/// <summary>What the network says to banks; docs/partners.md.</summary>
internal static class InterbankEndpoints
{
    private const int MostBytes = 64 * 1024;

    public static void AddInterbank(this IServiceCollection services) => services.AddSingleton<InterbankNetwork>().AddSingleton<NetworkAnswers>();

    public static void MapInterbank(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(InterbankNetwork.Id, "Interbank network", PartyKind.Network, InterbankNetwork.PublicSecret);
        var network = app.ServiceProvider.GetRequiredService<InterbankNetwork>();
        var answers = app.ServiceProvider.GetRequiredService<NetworkAnswers>();
        var clock = app.ServiceProvider.GetRequiredService<SandboxClock>();
        var address = app.MapParties("/networks", PartyKind.Network);
        var contract = address.MapContract();

        contract.MapPost("/messages", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            var xml = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
            if (xml.Length > MostBytes)
            {
                return Answers.Refuse(413, "message_too_large", "At most 64 KB.");
            }

            var (message, fault) = NetworkXml.Read(xml, clock.Now);
            if (message is null)
            {
                return Answers.Refuse(400, "invalid_message", fault!);
            }

            if (network.Take(message) is not var (taken, isNew))
            {
                return Answers.Refuse(409, "message_id_reused", "The message id was used for another message; nothing was changed.");
            }

            if (isNew)
            {
                answers.FollowUp(request.HttpContext.Party(), taken, Mood.Of(request.HttpContext));
            }

            return Answers.Json(202, new Received(taken.MessageId, "received"));
        });
        contract.MapGet("/messages/{messageId}/status", (string messageId) => network.Find(messageId) is { } message
            ? TypedResults.Content(NetworkXml.WriteStatus(message, network.NextId("ST"), clock.Now), "application/xml; charset=utf-8")
            : Answers.Refuse(404, "unknown_message", "The network has never received such a message."));
        address.MapInterbankDesk();
    }

    internal sealed record Received(string MessageId, string Status);
}
