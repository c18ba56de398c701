using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>The webhooks under /runtime/webhooks/durabletask/, and the answers that lead there.</summary>
public sealed class ManagementApiTests : IAsyncLifetime
{
    private const string Root = "runtime/webhooks/durabletask/";
    private FunctionsTestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        var storage = (await AzuriteServer.SharedAsync()).ConnectionString;
        host = await FunctionsTestHost.StartAsync(DurableSample.Program, [typeof(DurableSample)], options => options.Storage = storage);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_check_status_answer_leads_through_the_life_of_an_instance()
    {
        var started = await host.Client.PostAsJsonAsync("api/start/Ship/one", new { Item = "tea", Count = 2 });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var links = (await started.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("one", (string?)links["id"]);
        Assert.Equal(started.Headers.Location!.ToString(), (string?)links["statusQueryGetUri"]);

        var running = await host.Client.GetAsync(started.Headers.Location);
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.NotNull(running.Headers.Location);

        var raise = ((string)links["sendEventPostUri"]!).Replace("{eventName}", "Approved", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await host.Client.PostAsJsonAsync(raise, true)).StatusCode);

        var done = await EndOfAsync("one", "?showHistory=true");
        Assert.Equal(("Ship", "one", "Completed", "shipping", "tea x2 True Ship"), (
            (string?)done["name"], (string?)done["instanceId"], (string?)done["runtimeStatus"], (string?)done["customStatus"], (string?)done["output"]));
        Assert.Equal("tea", (string?)done["input"]!["Item"]);
        Assert.NotEmpty(done["historyEvents"]!.AsArray());

        var purged = await host.Client.DeleteAsync((string?)links["purgeHistoryDeleteUri"]);
        Assert.Equal("""{"instancesDeleted":1}""", await purged.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync(Root + "instances/one")).StatusCode);
    }

    [Fact]
    public async Task Orders_are_accepted_refused_and_gone()
    {
        await host.Client.PostAsJsonAsync(Root + "orchestrators/Ship/two", new { Item = "tea", Count = 2 });

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("instances/two/suspend?reason=wait"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("instances/two/resume"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("instances/two/raiseEvent/Approved"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("instances/two/terminate?reason=enough"));
        Assert.Equal(("Terminated", "enough"), await StateAsync("two"));
        Assert.Equal(HttpStatusCode.Gone, await PostAsync("instances/two/terminate"));
        foreach (var order in new[] { "terminate", "suspend", "resume" })
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync($"instances/nobody/{order}"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.PostAsJsonAsync(Root + "instances/nobody/raiseEvent/x", 1)).StatusCode);
    }

    [Fact]
    public async Task An_orchestrator_is_started_by_name_and_an_unknown_one_is_refused()
    {
        var started = await host.Client.PostAsJsonAsync(Root + "orchestrators/BindsList", new[] { 1, 2 });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        var id = (string)(await started.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        Assert.Equal(("Completed", "2"), await StateAsync(id));

        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.PostAsJsonAsync(Root + "orchestrators/Nobody", 1)).StatusCode);
    }

    [Fact]
    public async Task The_list_filters_and_pages_by_header()
    {
        foreach (var id in new[] { "l-1", "l-2", "l-3" })
        {
            await host.Client.PostAsJsonAsync(Root + $"orchestrators/BindsList/{id}", new[] { 1 });
            await StateAsync(id);
        }

        List<string?> seen = [];
        string? token = null;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Root + "instances?instanceIdPrefix=l-&runtimeStatus=Completed,Failed&top=2&showInput=false");
            request.Headers.Add("x-ms-continuation-token", token);
            var page = await host.Client.SendAsync(request);
            foreach (var instance in (await page.Content.ReadFromJsonAsync<JsonArray>())!)
            {
                seen.Add((string?)instance!["instanceId"]);
                Assert.Null(instance["input"]);
            }

            token = page.Headers.GetValues("x-ms-continuation-token").Single();
        }
        while (token.Length > 0);

        Assert.Equal(["l-1", "l-2", "l-3"], seen);
        Assert.Equal("[]", await host.Client.GetStringAsync(Root + "instances?instanceIdPrefix=l-&runtimeStatus=Running"));
        Assert.Equal(HttpStatusCode.BadRequest, (await host.Client.GetAsync(Root + "instances?runtimeStatus=Sleeping")).StatusCode);
        var purged = await host.Client.DeleteAsync(Root + "instances?createdTimeFrom=2000-01-01T00:00:00Z&runtimeStatus=Completed");
        Assert.Equal("""{"instancesDeleted":3}""", await purged.Content.ReadAsStringAsync());
    }

    private async Task<HttpStatusCode> PostAsync(string path) => (await host.Client.PostAsync(Root + path, null)).StatusCode;

    private async Task<(string? Status, string? Output)> StateAsync(string id)
    {
        var instance = await EndOfAsync(id, "");
        return ((string?)instance["runtimeStatus"], instance["output"]?.ToString());
    }

    private async Task<JsonObject> EndOfAsync(string id, string query)
    {
        using var deadline = new CancellationTokenSource(Hub.Deadline);
        while (true)
        {
            var answer = await host.Client.GetAsync(Root + $"instances/{id}{query}", deadline.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return (await answer.Content.ReadFromJsonAsync<JsonObject>(deadline.Token))!;
            await Task.Delay(5, deadline.Token);
        }
    }
}
