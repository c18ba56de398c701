using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.BackOffice;

/// <summary>The back office's systems: what they hear from the bank, and the decisions they send it; docs/partners.md.</summary>
internal static partial class BackOfficeEndpoints
{
    private const int LongestMs = 120_000;

    public static void AddBackOffice(this IServiceCollection services) => services.AddSingleton<BackOfficeHooks>();

    public static void MapBackOffice(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(BackOfficeHooks.Id, "Back office", PartyKind.BackOffice, BackOfficeHooks.PublicSecret);
        var hooks = app.ServiceProvider.GetRequiredService<BackOfficeHooks>();
        var webhooks = app.ServiceProvider.GetRequiredService<WebhookSender>();
        var address = app.MapParties("/back-offices", PartyKind.BackOffice);
        var machine = app.ServiceProvider.GetRequiredService<TimeProvider>();

        address.MapContract(needsKey: false).MapPost("/hooks/{hook}", async (HttpContext context, string hook) =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            if (Read(body) is not { } json)
            {
                var faults = new Faults();
                faults.Add("/type", "A message has a type.");
                return faults.Answer();
            }

            var manner = hooks.MannerOf(hook);
            var headers = context.Request.Headers;
            hooks.Keep(hook, HookMessage.Of($"{headers["webhook-id"]}", $"{headers["webhook-timestamp"]}", $"{headers["webhook-signature"]}", body, json, manner));
            if (manner.LatencyMs > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(manner.LatencyMs), machine, context.RequestAborted);
            if (manner.Location is { } elsewhere)
                context.Response.Headers.Location = elsewhere;
            return Results.StatusCode(manner.Status);
        });
        address.MapGet("/hooks/{hook}", (string hook) => Answers.Json(200, new { Messages = hooks.MessagesOf(hook) }));
        address.MapPut("/hooks/{hook}", (HttpRequest request, string hook) => request.ReadAsync<MannerRequest, HookManner>(
            (body, faults) => new HookManner(
                faults.WholeNumber("/status", body.Status ?? 200, 200, 599), faults.WholeNumber("/latencyMs", body.LatencyMs ?? 0, 0, LongestMs),
                faults.OptionalText("/location", body.Location, 500),
                [.. (body.Secrets ?? []).Select(secret => faults.Matching("/secrets", secret, SecretShape(), "whsec_ and base64"))]),
            manner => Answers.Json(200, hooks.Set(hook, manner))));
        address.MapPost("/decisions", (HttpRequest request) => request.ReadAsync<DecisionRequest, DecisionRequest>(
            (body, faults) => body with
            {
                Queue = faults.Code("/queue", body.Queue, 40),
                CaseId = faults.Code("/caseId", body.CaseId, 64),
                Decision = faults.Code("/decision", body.Decision, 64),
                Actor = faults.Text("/actor", body.Actor, 64),
                DecisionId = faults.Code("/decisionId", body.DecisionId, 64),
            },
            decision =>
            {
                webhooks.Send(request.HttpContext.Party(), "case.decided", decision);
                return Answers.Json(202, decision);
            }));
    }

    private static JsonElement? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                ? root.Clone()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\Awhsec_[A-Za-z0-9+/]{4,}={0,2}\z")]
    private static partial Regex SecretShape();

    internal sealed record MannerRequest(int? Status, int? LatencyMs, string? Location, IReadOnlyList<string>? Secrets);

    internal sealed record DecisionRequest(
        string? Queue, string? CaseId, string? Decision, IReadOnlyDictionary<string, string>? Fields, string? Reason, string? Actor, string? DecisionId);
}
