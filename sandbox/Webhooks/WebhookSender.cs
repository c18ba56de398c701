using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Webhooks;

/// <summary>Sends events to the bank until it takes them or the attempts are used up; remembers all of it.</summary>
internal sealed class WebhookSender(SandboxClock clock, Schedule schedule, Parties parties, IConfiguration settings) : IDisposable
{
    private const string TargetSetting = "Bank:WebhookBaseUrl";
    private const int Remembered = 5000;

    /// <summary>How long each attempt waits after the one before.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20),
    ];

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, SentWebhook> sent = new(StringComparer.Ordinal);
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 16 })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    public string? Target
    {
        get => settings[TargetSetting];
        set => settings[TargetSetting] = value;
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<SentWebhook> Sent()
    {
        lock (gate)
        {
            return [.. sent.Values.Reverse()];
        }
    }

    public void Send<T>(Party party, string type, T data)
    {
        var now = clock.Now;
        var id = $"msg_{Guid.NewGuid():N}";
        var body = JsonSerializer.SerializeToElement(new WebhookBody<T>(type, now, data), Answers.Options);
        lock (gate)
        {
            sent.Add(id, new SentWebhook(id, party.Id, type, now, body, WebhookStatus.Pending, []));
            if (sent.Count > Remembered)
            {
                sent.RemoveAt(0);
            }
        }

        Attempt(id, number: 0, copies: party.Knobs.DuplicateAnswers ? 2 : 1);
    }

    public void Reset()
    {
        lock (gate)
        {
            sent.Clear();
        }
    }

    /// <exception cref="InvalidOperationException">A partner's secret is not <c>whsec_</c> and base64.</exception>
    public void CheckSecrets()
    {
        foreach (var party in parties.All.Where(party => party.WebhookSecret is not null))
        {
            WebhookSignature.Sign(Secret(party.Id), "check", 0, "");
        }
    }

    public static bool IsWebAddress(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    public void Dispose() => client.Dispose();

    private void Attempt(string id, int number, int copies) => schedule.At(clock.Now + Waits[number], async cancellation =>
    {
        SentWebhook? webhook;
        lock (gate)
        {
            webhook = sent.GetValueOrDefault(id);
        }

        if (webhook is null)
        {
            return;
        }

        var outcome = await DeliverAsync(webhook, cancellation);
        var taken = outcome.StatusCode is >= 200 and < 300;
        var left = taken ? copies - 1 : copies;
        var status = taken ? WebhookStatus.Delivered : number + 1 < Waits.Length ? WebhookStatus.Pending : WebhookStatus.Failed;
        Remember(id, outcome, status);
        if (taken && left > 0)
        {
            Attempt(id, number: 0, left);
        }
        else if (status == WebhookStatus.Pending)
        {
            Attempt(id, number + 1, left);
        }
    });

    private async Task<WebhookAttempt> DeliverAsync(SentWebhook webhook, CancellationToken cancellation)
    {
        var now = clock.Now;
        // Without a target the address would be a path, which is an absolute file URI on Unix: hence the scheme.
        if (!Uri.TryCreate($"{Target?.TrimEnd('/')}/{webhook.Partner}", UriKind.Absolute, out var address) || !IsWebAddress(address))
        {
            return new WebhookAttempt(now, null, $"{TargetSetting} is no http address.");
        }

        using var request = Compose(webhook, address, now.ToUnixTimeSeconds());
        try
        {
            using var answer = await client.SendAsync(request, cancellation);
            return new WebhookAttempt(now, (int)answer.StatusCode, null);
        }
        catch (HttpRequestException broken)
        {
            return new WebhookAttempt(now, null, broken.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAttempt(now, null, "No answer in time.");
        }
    }

    private HttpRequestMessage Compose(SentWebhook webhook, Uri address, long timestamp)
    {
        var body = webhook.Body.GetRawText();
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("webhook-id", webhook.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(Secret(webhook.Partner), webhook.Id, timestamp, body));
        return request;
    }

    private string Secret(string partner) =>
        settings[$"Bank:WebhookSecrets:{partner}"] ?? parties.Find(partner)?.WebhookSecret ?? throw new InvalidOperationException($"No webhook secret of {partner}.");

    private void Remember(string id, WebhookAttempt attempt, WebhookStatus status)
    {
        lock (gate)
        {
            if (sent.TryGetValue(id, out var webhook))
            {
                sent[id] = webhook with
                {
                    Status = webhook.Status == WebhookStatus.Delivered ? WebhookStatus.Delivered : status,
                    Attempts = [.. webhook.Attempts, attempt],
                };
            }
        }
    }

    internal sealed record WebhookBody<T>(string Type, DateTimeOffset Timestamp, T Data);
}
