using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Serverless.Sandbox.Tests;

/// <summary>Where webhooks arrive. Checks signatures by the words of the Standard Webhooks specification, with nothing of the sandbox's.</summary>
internal sealed class BankStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<int> answers = new();

    private BankStub()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(TakeAsync);
    }

    public ConcurrentQueue<Webhook> Received { get; } = new();

    public string WebhookBaseUrl => app.Urls.Single() + "/api/webhooks";

    public static async Task<BankStub> StartAsync()
    {
        var stub = new BankStub();
        await stub.app.StartAsync();
        return stub;
    }

    /// <summary>The next calls are answered so; all others 200.</summary>
    public void AnswerNext(params int[] statuses) => Array.ForEach(statuses, answers.Enqueue);

    public async Task<Webhook[]> WaitForAsync(int count)
    {
        await Eventually.Async(() => Received.Count >= count);
        return [.. Received];
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var headers = context.Request.Headers;
        Received.Enqueue(new Webhook(
            $"{context.Request.Method} {context.Request.Path}",
            headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(),
            headers.ContentType.ToString(), await reader.ReadToEndAsync()));
        context.Response.StatusCode = answers.TryDequeue(out var status) ? status : 200;
    }
}

internal sealed record Webhook(string Call, string Id, string Timestamp, string Signature, string ContentType, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public DateTimeOffset SignedAt => DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, CultureInfo.InvariantCulture));

    /// <summary>Standard Webhooks: base64 of HMAC-SHA256 of "id.timestamp.body" under the decoded secret, any of the space-separated v1 signatures.</summary>
    public bool IsSignedWith(string secret)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret.Split('_')[1]));
        var expected = hmac.ComputeHash(Encoding.UTF8.GetBytes(Id + "." + Timestamp + "." + Body));
        return Signature.Split(' ').Select(part => part.Split(',')).Any(part => part[0] == "v1" && Convert.FromBase64String(part[1]).SequenceEqual(expected));
    }
}
