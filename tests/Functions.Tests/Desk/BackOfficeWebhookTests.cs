using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Tests.Fx;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Desk;

/// <summary>Back offices are told what happens: signed, at least once, and nowhere they should not be.</summary>
[Collection(FxBank.Name)]
public sealed class BackOfficeWebhookTests(FxBank scene)
{
    private static int hooks;

    private readonly string hook = $"hook-{Interlocked.Increment(ref hooks)}";

    private string Address => $"{scene.Bank.Sandbox.BaseAddress}back-offices/back-office/hooks/{hook}";

    [Fact, Requirement("FX-23"), Requirement("FX-11"), ProvesRace("Webhooks_CreateEndpoint"), ProvesRace("Webhooks_RotateSecret"), ProvesRace("Webhooks_ChangeEndpoint")]
    public async Task An_endpoint_hears_what_it_has_subscribed_to_signed_with_its_secrets()
    {
        await scene.OpenAsync();
        var administrator = await StaffAsync();
        using var client = scene.Bank.Client(administrator);
        Assert.Equal("403 role_missing", (await CallAsync("GET", "", await scene.DealerAsync())).ToString());
        Assert.Equal(
            "400 invalid_input\n/eventTypes/1 webhook_event_type_unknown",
            (await CreateAsync("""["preferential_rate.*","preferential_rate.forgotten"]""")).ToString());

        // Eight impatient clicks make one endpoint; the secret is in its answer and nowhere else.
        var made = await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, "api/backoffice/v1/webhook-endpoints", Body("""["preferential_rate.submitted","preferential_rate.decided"]""")),
            async () => (await CallAsync("GET", "", administrator)).Json["endpoints"]!.AsArray().Count(one => (string)one!["address"]! == Address));
        var (id, secret) = ((string)made.Json["endpoint"]!["id"]!, (string)made.Json["secret"]!);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, (await CallAsync("GET", "", administrator)).Text, StringComparison.Ordinal);

        await ManageAsync([secret]);
        var (customer, request) = await DeskTests.AskedAsync(scene);
        var submitted = Assert.Single(await HeardAsync());
        Assert.Equal($"preferential_rate.submitted {request} treasury submitted signed by 0", Line(submitted));
        Assert.Equal($"evt_", ((string)submitted["id"]!)[..4]);
        Assert.DoesNotContain(customer.Number, submitted.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Arta", submitted.ToJsonString(), StringComparison.Ordinal);

        // A new secret: for a day both sign.
        var rotated = await RaceHarness.SameKeyAsync(RaceCall.Post(client, $"api/backoffice/v1/webhook-endpoints/{id}/secrets"), () => Task.FromResult(1));
        await ManageAsync([secret, (string)rotated.Json["secret"]!]);
        Assert.NotEqual(secret, (string)rotated.Json["secret"]!);

        // Paused, it hears nothing; resumed, what has happened meanwhile, and once.
        Assert.Equal("paused", (string)(await CallAsync("PATCH", $"/{id}", administrator, """{"state":"paused"}""")).Json["state"]!);
        Assert.Equal(200, (await DecideAsync(request)).Status);
        Assert.Single(await HeardAsync());
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Patch, $"api/backoffice/v1/webhook-endpoints/{id}", """{"state":"active"}"""),
            async () =>
            {
                await scene.Bank.Host.FireTimerAsync("Webhooks_Sweep");
                return (await HeardAsync()).Length - 1;
            });
        var decided = (await HeardAsync())[1];
        Assert.Equal($"preferential_rate.decided {request} treasury confirmed signed by 0 1", Line(decided));
        Assert.Equal("dealer-1", (string)decided["body"]!["data"]!["decidedBy"]!);

        // What it has not subscribed to it does not hear; who did what stands in the trail, without secrets.
        Assert.Equal(200, (await customer.CallAsync("POST", $"v1/fx/rate-requests/{request}/cancellation")).Status);
        await scene.Bank.Host.FireTimerAsync("Fx_SweepRateRequests");
        Assert.Equal(2, (await HeardAsync()).Length);
        var trail = await scene.Bank.CallAsync("GET", $"backoffice/v1/audit?resource=webhook-endpoint/{id}&limit=100", token: await StaffAsync("auditor", "auditor"));
        Assert.Equal(
            ["webhook_endpoint_created", "webhook_secret_changed"],
            trail.Json["items"]!.AsArray().Select(one => (string)one!["action"]!).Where(action => action != "webhook_endpoint_changed").Distinct().Order());
        scene.Bank.Secrets.Add("webhook secret", secret);
        Assert.DoesNotContain(secret, trail.Text, StringComparison.Ordinal);
        Assert.Empty(await scene.Bank.FindSecretsAsync(secrets: Only(secret)));
        await CallAsync("DELETE", $"/{id}", administrator);
    }

    [Fact, ProvesRace("Webhooks_ReplayDelivery"), ProvesRace("Webhooks_RemoveEndpoint")]
    public async Task What_fails_is_tried_ten_times_in_three_days_and_then_left_to_the_staff()
    {
        try
        {
            await TryInVainAsync();
        }
        finally
        {
            // The other tests of this bank have a business day at eleven again; the Wednesday is a holiday, Bajram.
            var tomorrow = scene.Now.UtcDateTime.Date.AddDays(1);
            await scene.Bank.AdvanceAsync(tomorrow.AddDays((DayOfWeek.Thursday - tomorrow.DayOfWeek + 7) % 7).AddHours(10) - scene.Now.UtcDateTime, asleep: true);
        }
    }

    private async Task TryInVainAsync()
    {
        await scene.OpenAsync();
        var made = (await CreateAsync("""["preferential_rate.submitted"]""")).Json;
        var (id, secret) = ((string)made["endpoint"]!["id"]!, (string)made["secret"]!);
        await ManageAsync([secret], status: 500);
        await DeskTests.AskedAsync(scene);
        Assert.Single(await HeardAsync());
        var first = await DeliveryAsync(id);
        Assert.Equal("due 1 500 status", State(first));
        Assert.InRange((DateTimeOffset)first["nextTryAt"]! - scene.Now, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(75));

        // Too early for the second try; a message that comes twice tries nothing.
        await scene.Bank.Host.FireTimerAsync("Webhooks_Sweep");
        Assert.Single(await HeardAsync());

        // A redirect is not followed, nor is an answer waited for for ever.
        var elsewhere = $"{scene.Bank.Sandbox.BaseAddress}back-offices/back-office/hooks/elsewhere";
        await ManageAsync([secret], status: 307, location: elsewhere);
        await SkipToAsync(id);
        Assert.Equal("due 2 500 status,307 status", State(await DeliveryAsync(id)));
        Assert.Empty(await HeardAsync("elsewhere"));
        var options = scene.Bank.Host.Services.GetRequiredService<IOptions<WebhooksOptions>>().Value;
        await ManageAsync([secret], status: 201, latencyMs: 60_000);
        options.TryTimeout = TimeSpan.FromMilliseconds(200);
        await SkipToAsync(id);
        options.TryTimeout = TimeSpan.FromSeconds(10);
        Assert.Equal("due 3 500 status,307 status,- timeout", State(await DeliveryAsync(id)));

        // Where private addresses are not allowed, the bank does not even connect, whatever was subscribed.
        var heard = (await HeardAsync()).Length;
        options.AllowPrivateAddresses = false;
        await SkipToAsync(id);
        Assert.Equal("400 invalid_input\n/address webhook_address_not_allowed", (await CreateAsync("""["*"]""")).ToString());
        options.AllowPrivateAddresses = true;
        Assert.Equal("due 4 500 status,307 status,- timeout,- address_not_allowed", State(await DeliveryAsync(id)));
        Assert.Equal(heard, (await HeardAsync()).Length);

        var began = (DateTimeOffset)first["at"]!;
        await ManageAsync([secret], status: 503);
        for (var attempt = 5; attempt <= 10; attempt++)
            await SkipToAsync(id);
        var failed = await DeliveryAsync(id);
        Assert.Equal("failed 10", State(failed)[..9]);
        Assert.InRange((DateTimeOffset)failed["attempts"]![9]!["at"]! - began, TimeSpan.FromDays(2), TimeSpan.FromDays(4));
        Assert.Single((await HeardAsync()).Select(message => (string)message["id"]!).Distinct());

        // By hand: once more, under the same id.
        var administrator = await StaffAsync();
        using var client = scene.Bank.Client(administrator);
        await scene.OpenAsync();
        await ManageAsync([secret]);
        await RaceHarness.SameKeyAsync(
            RaceCall.Post(client, $"api/backoffice/v1/webhook-endpoints/{id}/deliveries/{failed["eventId"]}/replay"), async () => (await HeardAsync()).Count(message => (int)message["answered"]! == 200));
        Assert.Equal("delivered", (string)(await DeliveryAsync(id))["state"]!);
        Assert.Equal("404 webhook_delivery_not_found", (await scene.Bank.CallAsync(
            "POST", $"backoffice/v1/webhook-endpoints/{id}/deliveries/evt_nothing/replay", token: administrator, change: request => request.Headers.Add("Idempotency-Key", "once-more"))).ToString());

        // 410: it wants nothing more.
        await ManageAsync([secret], status: 410);
        await DeskTests.AskedAsync(scene);
        await HeardAsync();
        Assert.Equal("failed 1 410 status", State(await DeliveryAsync(id)));
        Assert.Equal("gone", (string)Mine(await CallAsync("GET", "", administrator), id)["state"]!);
        var before = (await HeardAsync()).Length;
        await DeskTests.AskedAsync(scene);
        Assert.Equal(before, (await HeardAsync()).Length);
        Assert.Equal("due", (string)(await DeliveryAsync(id))["state"]!);

        // Removed, it hears nothing more, also not what was due; a month later nothing is known of it.
        await RaceHarness.SameCallAsync(
            new RaceCall(client, HttpMethod.Delete, $"api/backoffice/v1/webhook-endpoints/{id}"),
            async () => (await CallAsync("GET", "", administrator)).Text.Contains(id, StringComparison.Ordinal) ? 0 : 1, doneAlready: "404 webhook_endpoint_not_found");
        await scene.Bank.Host.FireTimerAsync("Webhooks_Sweep");
        Assert.Equal(before, (await HeardAsync()).Length);
        Assert.Equal(200, (await CallAsync("GET", $"/{id}/deliveries", administrator)).Status);
        options.DeliveriesKeptDays = 0;
        await scene.Bank.Host.FireTimerAsync("Webhooks_EraseOld");
        options.DeliveriesKeptDays = 30;
        Assert.Equal("404 webhook_endpoint_not_found", (await CallAsync("GET", $"/{id}/deliveries", administrator)).ToString());
    }

    /// <summary>To the moment of the next try; the sweeper finds it.</summary>
    private async Task SkipToAsync(string id)
    {
        var next = (DateTimeOffset)(await DeliveryAsync(id))["nextTryAt"]!;
        await scene.Bank.AdvanceAsync(next - scene.Now + TimeSpan.FromSeconds(1), asleep: true);
        await scene.Bank.Host.FireTimerAsync("Webhooks_Sweep");
        await scene.Bank.WhenIdleAsync();
    }

    private static Secrets Only(string secret)
    {
        var secrets = new Secrets();
        secrets.Add("webhook secret", secret);
        return secrets;
    }

    private static string Line(JsonNode message) =>
        $"{message["body"]!["type"]} {message["body"]!["data"]!["subject"]} {message["body"]!["data"]!["queue"]} {message["body"]!["data"]!["state"]} signed by {string.Join(' ', message["signedBy"]!.AsArray().Select(place => (int)place!))}";

    private static string State(JsonNode delivery) =>
        $"{delivery["state"]} {delivery["tries"]} {string.Join(',', delivery["attempts"]!.AsArray().Select(attempt => $"{attempt!["status"]?.ToString() ?? "-"} {attempt["failure"]}"))}";

    private static JsonNode Mine(Answer list, string id) => list.Json["endpoints"]!.AsArray().Single(one => (string)one!["id"]! == id)!;

    /// <summary>The newest.</summary>
    private async Task<JsonNode> DeliveryAsync(string id) => (await CallAsync("GET", $"/{id}/deliveries", await StaffAsync())).Json["items"]![0]!;

    private async Task<JsonNode[]> HeardAsync(string? other = null)
    {
        await scene.Bank.WhenIdleAsync();
        return [.. JsonNode.Parse(await scene.Bank.Sandbox.GetStringAsync($"back-offices/back-office/hooks/{other ?? hook}"))!["messages"]!.AsArray().Select(message => message!)];
    }

    private async Task ManageAsync(string[] secrets, int status = 200, int latencyMs = 0, string? location = null)
    {
        var manner = new JsonObject { ["status"] = status, ["latencyMs"] = latencyMs, ["secrets"] = new JsonArray([.. secrets.Select(secret => (JsonNode)secret)]) };
        if (location is not null)
            manner["location"] = location;
        using var answer = await scene.Bank.Sandbox.PutAsync($"back-offices/back-office/hooks/{hook}", HttpBank.Json(manner.ToJsonString()));
        answer.EnsureSuccessStatusCode();
    }

    private Task<string> StaffAsync(string id = "administrator-1", string role = "administrator") => scene.Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = role });

    private string Body(string types) => $$"""{"address":"{{Address}}","eventTypes":{{types}},"description":"Tavolina"}""";

    private async Task<Answer> CreateAsync(string types) => await scene.Bank.CallAsync(
        "POST", "backoffice/v1/webhook-endpoints", Body(types), await StaffAsync(), request => request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N")));

    private Task<Answer> CallAsync(string method, string path, string token, string? json = null) => scene.Bank.CallAsync(method, $"backoffice/v1/webhook-endpoints{path}", json, token);

    private async Task<Answer> DecideAsync(Guid request) => await scene.Bank.CallAsync(
        "POST", $"backoffice/v1/desk/queues/treasury/cases/{request}/decisions", """{"decision":"confirm_rate","fields":[{"name":"rate","value":"98.40"}]}""", await scene.DealerAsync(),
        change => change.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N")));
}
