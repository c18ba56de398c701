using System.Text.Json;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.BackOffice;

/// <summary>A back office's systems that listen to the bank: each does as it is told, and keeps what it was told. Every method is one step under one lock.</summary>
internal sealed class BackOfficeHooks
{
    public const string Id = "back-office";

    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBiYWNrIG9mZmljZS4uLi4uLi4=";

    private const int Remembered = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, HookManner> manners = new(StringComparer.Ordinal);
    private readonly List<(string Hook, HookMessage Message)> messages = [];

    public HookManner MannerOf(string hook)
    {
        lock (gate)
        {
            return manners.GetValueOrDefault(hook) ?? new HookManner(200, 0, null, []);
        }
    }

    public HookManner Set(string hook, HookManner manner)
    {
        lock (gate)
        {
            return manners[hook] = manner;
        }
    }

    public void Keep(string hook, HookMessage message)
    {
        lock (gate)
        {
            messages.Add((hook, message));
            if (messages.Count > Remembered)
                messages.RemoveAt(0);
        }
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<HookMessage> MessagesOf(string hook)
    {
        lock (gate)
        {
            return [.. messages.Where(one => one.Hook == hook).Select(one => one.Message)];
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            manners.Clear();
            messages.Clear();
        }
    }
}

/// <param name="Status">What it answers; with 3xx it sends the bank to <paramref name="Location"/>.</param>
/// <param name="Secrets">It looks for each among the signatures.</param>
internal sealed record HookManner(int Status, int LatencyMs, string? Location, IReadOnlyList<string> Secrets);

/// <param name="SignedBy">Places of the secrets that have signed it, from 0.</param>
internal sealed record HookMessage(string Id, string Timestamp, IReadOnlyList<int> SignedBy, int Answered, JsonElement Body)
{
    public static HookMessage Of(string id, string timestamp, string signatures, string body, JsonElement json, HookManner manner)
    {
        var theirs = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var signedBy = long.TryParse(timestamp, out var seconds)
            ? Enumerable.Range(0, manner.Secrets.Count).Where(place => theirs.Contains(WebhookSignature.Sign(manner.Secrets[place], id, seconds, body), StringComparer.Ordinal)).ToArray()
            : [];
        return new HookMessage(id, timestamp, signedBy, manner.Status, json);
    }
}
