using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Serverless.Banking.Ledger;
using Serverless.Emulator;
using Serverless.Testing;

namespace Serverless.Journeys.Tests;

/// <summary>A bank whose process dies and comes back, its state in Azurite, and callers who wait for it to come back.</summary>
internal sealed class KilledBank : IAsyncDisposable
{
    /// <summary>Of the whole story, on a machine that does other things too. Reached only when something hangs.</summary>
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource deadline;
    private readonly IReadOnlyDictionary<string, string>? settings;
    private readonly string storage;
    private readonly int port;
    private readonly HttpClient client;
    private BankProcess process = null!;
    private CustomerSignIn? signIn;
    private IReadOnlyList<TransactionId> leftByKills = [];
    private string lastOutage = "no outage";
    private volatile TaskCompletionSource isUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KilledBank(string storage, TestSandbox sandbox, int port, TimeSpan patience, IReadOnlyDictionary<string, string>? settings)
    {
        (this.storage, this.port, this.settings, Sandbox) = (storage, port, settings, sandbox);
        deadline = new CancellationTokenSource(patience);
        client = new HttpClient(new ConfirmingHandler(SignIn, TimeProvider.System.GetUtcNow, sandbox.Client) { InnerHandler = new SocketsHttpHandler { UseCookies = false } })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}/"),
        };
    }

    public TestSandbox Sandbox { get; }

    public string Prefix { get; } = $"k{Guid.NewGuid():N}"[..11];

    public string Storage => storage;

    /// <summary>The customers' short way in; there when the process has begun to live.</summary>
    public CustomerSignIn SignIn => signIn ??= ProcessSignIn.To(storage, Prefix);

    /// <summary>How often the process was started.</summary>
    public int Lives { get; private set; }

    /// <param name="settings">Stronger than the sample's.</param>
    public static async Task<KilledBank> StartAsync(TimeSpan? patience = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var bank = new KilledBank(
            azurite.ConnectionString, await TestSandbox.StartAsync(), BankProcess.FreePort(), patience ?? UsualPatience, settings);
        using var target = await bank.Sandbox.Client.PutAsJsonAsync("webhooks/target", new JsonObject { ["baseUrl"] = $"http://127.0.0.1:{bank.port}/api/webhooks" });
        target.EnsureSuccessStatusCode();
        await bank.LiveAsync();
        return bank;
    }

    /// <summary>SIGKILL in the middle of whatever it does, and the same settings again.</summary>
    public async Task KillAndStartAsync()
    {
        isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await process.KillAsync();
        await using (var money = MoneyReading.Beside(storage, Prefix))
            leftByKills = await money.ListOpenAsync();
        await LiveAsync();
    }

    /// <summary>SIGTERM in the middle of whatever it does, and the same settings again; proven that it ended by itself and left no journal open that it had begun.</summary>
    public async Task StopAndStartAsync()
    {
        isUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.Equal(0, await process.StopAsync());
        await using (var money = MoneyReading.Beside(storage, Prefix))
            Assert.Empty((await money.ListOpenAsync()).Except(leftByKills));
        await LiveAsync();
    }

    /// <summary>Sends until there is an answer that is no outage: the same body with the same key again, as an app does that has not heard back.</summary>
    public async Task<(int Status, JsonNode? Body)> SendAsync(string token, HttpMethod method, string path, JsonObject? body = null, string? key = null)
    {
        while (true)
        {
            await isUp.Task.WaitAsync(deadline.Token);
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            if (key is not null)
                request.Headers.Add("Idempotency-Key", key);
            try
            {
                using var answer = await client.SendAsync(request, deadline.Token);
                var text = await answer.Content.ReadAsStringAsync(deadline.Token);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return ((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
                lastOutage = text;
                await Task.Delay(PollInterval, deadline.Token);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // Nobody knows whether it was done.
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"{path} was not answered; the last outage was {lastOutage}. The bank: {process.LastLines}");
            }
        }
    }

    /// <summary>For calls that must work.</summary>
    public async Task<JsonNode> MustAsync(string token, HttpMethod method, string path, JsonObject? body = null, string? key = null)
    {
        var (status, answer) = await SendAsync(token, method, path, body, key);
        Assert.True(status < 300, $"{method} {path} answered {status}: {answer?.ToJsonString()}");
        return answer!;
    }

    /// <summary>Waits for something that another process does.</summary>
    /// <param name="work">What brings it about; its failure ends the waiting.</param>
    public async Task UntilAsync(Func<Task<bool>> condition, Task? work = null)
    {
        while (!await condition())
        {
            if (work is { IsFaulted: true })
                await work;
            if (deadline.IsCancellationRequested)
                throw new TimeoutException($"It did not come about; the last outage was {lastOutage}. The bank: {process.LastLines}");
            await Task.Delay(PollInterval);
        }
    }

    /// <summary>Moves the bank's clock; answers when the timers and workflows that became due have run.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        using var answer = await client.PostAsJsonAsync("admin/clock", new JsonObject { ["advance"] = by.ToString("c") }, deadline.Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Stops the process for good and looks at what it left, with a host in this process.</summary>
    public async Task<FunctionsTestHost> AutopsyAsync()
    {
        await process.KillAsync();
        return await FunctionsTestHost.StartAsync<Functions.Health.HealthFunction>(options =>
        {
            options.Storage = storage;
            options.Prefix = Prefix;
            foreach (var (name, value) in HttpBank.Settings(Sandbox.Address.ToString().TrimEnd('/')))
                options.Settings[name] = value;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await Sandbox.DisposeAsync();
        client.Dispose();
        deadline.Dispose();
    }

    private async Task LiveAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        process = await BankProcess.StartAsync(storage, Prefix, Sandbox.Address, port, settings);
        Lives++;
        isUp.SetResult();
    }
}
