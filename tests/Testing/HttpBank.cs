using System.Globalization;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Health;
using Serverless.Sandbox;

namespace Serverless.Testing;

/// <summary>The whole bank for a test: the real app, a real Azurite and a real sandbox, all in this process' care and with state of their own.</summary>
public sealed class HttpBank : IAsyncDisposable
{
    private const string SampleSandbox = "http://127.0.0.1:7080";

    /// <summary>Set, every bank looks for secrets in what it leaves behind (<c>make secrets</c>).</summary>
    private static readonly bool IsSearched = Environment.GetEnvironmentVariable("SERVERLESS_FIND_SECRETS") is { Length: > 0 };

    private static readonly Lazy<IReadOnlyList<string>> TimerFunctions = new(() =>
    [
        .. from type in typeof(HealthFunction).Assembly.GetTypes()
           from method in type.GetMethods()
           where method.GetParameters().Any(parameter => parameter.IsDefined(typeof(TimerTriggerAttribute), inherit: false))
           select method.GetCustomAttribute<FunctionAttribute>()!.Name,
    ]);

    /// <summary>Every test that moves the clock by days would prove books that it proves itself. Who is about this timer fires it.</summary>
    private static readonly string[] ProvesBooks = ["Ledger_ProveBooks"];

    private readonly BankLog? log;
    private readonly OtlpCollector? collector;

    private HttpBank(FunctionsTestHost host, WebApplication sandbox, BankLog? log, OtlpCollector? collector)
    {
        (this.log, this.collector) = (log, collector);
        Host = host;
        SandboxApplication = sandbox;
        Sandbox = new HttpClient { BaseAddress = new Uri(AddressOf(sandbox) + "/") };
        SignIn = new CustomerSignIn(host.Services, Secrets);
        Anonymous = NewClient();
    }

    public FunctionsTestHost Host { get; }

    public WebApplication SandboxApplication { get; }

    /// <summary>The sandbox's own desk: knobs, inbox, invoices (docs/partners.md).</summary>
    public HttpClient Sandbox { get; }

    /// <summary>The customers' short way in.</summary>
    public CustomerSignIn SignIn { get; }

    /// <summary>What was confided to this bank, for <see cref="FindSecretsAsync"/>.</summary>
    public Secrets Secrets { get; } = new();

    /// <summary>
    /// Calls without a token unless the request has one; addresses like <c>api/v1/bills/companies</c>. For a customer it confirms by itself what has to be confirmed.
    /// </summary>
    public HttpClient Anonymous { get; }

    /// <param name="makesAllTables">As the bank does at its start; otherwise each table is made when it is first used, which spares most tests most of them.</param>
    /// <param name="runsTimers">False switches every timer function off, as a setting does in Azure, for a test that moves the clock and is not about them.</param>
    public static async Task<HttpBank> StartAsync(Action<FunctionsTestHostOptions>? configure = null, bool makesAllTables = false, bool runsTimers = true)
    {
        var storage = await AzuriteServer.SharedAsync();
        var sandbox = SandboxApp.Create(["--port", "0"]);
        await sandbox.StartAsync();
        var address = AddressOf(sandbox);
        var log = IsSearched ? new BankLog() : null;
        var collector = IsSearched ? await OtlpCollector.StartAsync() : null;
        // Any type of the app's assembly leads to its entry point; "Program" is also the sandbox's.
        var host = await FunctionsTestHost.StartAsync<HealthFunction>(options =>
        {
            options.Storage = storage.ConnectionString;
            foreach (var (name, value) in Settings(address))
                options.Settings[name] = value;
            foreach (var timer in runsTimers ? ProvesBooks : TimerFunctions.Value)
                options.Settings[$"AzureWebJobs.{timer}.Disabled"] = "true";
            collector?.Receive(options);
            if (log is not null)
                options.ConfigureLogging(logging => logging.AddProvider(log).AddFilter<BankLog>(null, LogLevel.Trace));
            options.ConfigureServices(services => services.WaitForIssuer());
            configure?.Invoke(options);
            if (!makesAllTables)
                options.ConfigureServices(MakeTablesWhenUsed);
        });
        sandbox.Configuration["Bank:WebhookBaseUrl"] = $"{host.BaseAddress}api/webhooks";
        return new HttpBank(host, sandbox, log, collector);
    }

    /// <summary>A client that calls as this customer.</summary>
    /// <param name="number">Nine digits.</param>
    /// <param name="rights"><c>payment</c> or <c>info</c>.</param>
    /// <param name="trusted">The customer has authorised the device.</param>
    public async Task<HttpClient> CustomerAsync(string number = "100000001", string rights = "payment", bool trusted = true) =>
        Client((await SignIn.RunAsync(new SignInWish(number, rights, trusted))).Token);

    /// <param name="roles">See the roles of the functions' access declarations; several separated by spaces.</param>
    public async Task<HttpClient> StaffAsync(string id = "teller-1", string roles = "branch") => Client(await TokenAsync(new() { ["staff"] = id, ["roles"] = roles }));

    /// <summary>A customer's token (<c>customer</c>, <c>rights</c>, <c>trustedDevice</c>, <c>channel</c>) of the bank itself, or one of staff as the sandbox's issuer gives it (docs/partners.md).</summary>
    public async Task<string> TokenAsync(Dictionary<string, string> form)
    {
        if (form.TryGetValue("customer", out var number))
        {
            return (await SignIn.RunAsync(new SignInWish(
                number, form.GetValueOrDefault("rights", "payment"), form.GetValueOrDefault("trustedDevice", "true") == "true", form.GetValueOrDefault("channel")))).Token;
        }

        using var answer = await Sandbox.PostAsync("issuer/token", new FormUrlEncodedContent(form));
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        return json.RootElement.GetProperty("access_token").GetString()!;
    }

    /// <summary>Looks for every secret that came up in everything that the bank has stored, exported to the searched bank's own collector and, if given, logged.</summary>
    /// <param name="secrets">Instead of those that came up.</param>
    /// <returns>Where which kind was found; empty is good.</returns>
    public async Task<IReadOnlyList<string>> FindSecretsAsync(BankLog? log = null, Secrets? secrets = null)
    {
        await WhenIdleAsync();
        List<(string, byte[])> contents = [.. (log?.Lines ?? []).Select(line => ("log", System.Text.Encoding.UTF8.GetBytes(line)))];
        if (collector is not null && !Host.IsStopped && Host.Services.GetService<TracerProvider>() is not null)
        {
            await OtlpCollector.FlushAsync(this);
            contents.AddRange(collector.Taken.Select(one => ($"exported {one.Signal}", one.Body)));
        }

        await foreach (var stored in StorageDump.ReadAsync((await AzuriteServer.SharedAsync()).ConnectionString, Host.Prefix))
            contents.Add(stored);
        return (secrets ?? Secrets).FindIn(contents);
    }

    /// <summary>Waits until nothing runs and nothing waits to run: no function, no message, no timer, nothing that follows an answer.</summary>
    public async Task WhenIdleAsync()
    {
        await FollowUpsAsync();
        await Host.WhenIdleAsync();
        await FollowUpsAsync();
        await Host.WhenIdleAsync();
    }

    /// <summary>Moves the bank's clock and the sandbox's together, so that tokens given from now on are valid.</summary>
    /// <param name="asleep">As if the bank had been switched off: what fell due is done once, at the end, instead of day by day.</param>
    public async Task AdvanceAsync(TimeSpan by, bool asleep = false)
    {
        await FollowUpsAsync();
        using var clock = await Sandbox.PostAsync("clock", Json($$"""{"advance":"{{by.ToString("c", CultureInfo.InvariantCulture)}}"}"""));
        clock.EnsureSuccessStatusCode();
        using var bank = await Host.Client.PostAsync("admin/clock", Json($$"""{"advance":"{{by.ToString("c", CultureInfo.InvariantCulture)}}","asleep":{{(asleep ? "true" : "false")}}}"""));
        bank.EnsureSuccessStatusCode();

        // Walking through the time takes time, in which only the sandbox's clock has gone on: on a busy machine its tokens would come from the future.
        using var moved = JsonDocument.Parse(await bank.Content.ReadAsStreamAsync());
        using var level = await Sandbox.PostAsync("clock", Json($$"""{"now":"{{moved.RootElement.GetProperty("now").GetDateTimeOffset().UtcDateTime:O}}"}"""));
        level.EnsureSuccessStatusCode();
    }

    public static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    /// <exception cref="InvalidOperationException">Secrets were looked for and found; the message says which kind and where.</exception>
    public async ValueTask DisposeAsync()
    {
        var found = log is null || Host.IsStopped ? [] : await FindSecretsAsync(log);
        Anonymous.Dispose();
        await Host.StopAndEraseAsync();
        await Host.DisposeAsync();
        Sandbox.Dispose();
        await SandboxApplication.DisposeAsync();
        if (collector is not null)
            await collector.DisposeAsync();
        if (found.Count > 0)
            throw new InvalidOperationException($"The bank keeps secrets: {string.Join(Environment.NewLine, found)}");
    }

    private static void MakeTablesWhenUsed(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(CreateTablesAtStart)));
        services.PostConfigure<StorageOptions>(stored => stored.Service = new LazyTables(stored.ConnectionString!, client =>
        {
            stored.ConfigureAnyClient?.Invoke(client);
            stored.ConfigureClient?.Invoke(client);
        }));
    }

    /// <summary>A client that calls with this token.</summary>
    public HttpClient Client(string token)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private HttpClient NewClient() => new(new ConfirmingHandler(SignIn, Host.Services.GetRequiredService<TimeProvider>().GetUtcNow, Sandbox)
    {
        InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false },
    })
    {
        BaseAddress = Host.BaseAddress,
    };

    private Task FollowUpsAsync() => AfterAnswers.DrainAsync(Host.Services);

    private static string AddressOf(WebApplication app) => app.Urls.First().TrimEnd('/');

    /// <summary>The sample's settings, as a newcomer has them, with the addresses of this sandbox.</summary>
    /// <remarks>Sessions of an hour, because what is not about sessions may move the clock; passwords at little cost (the full one is proven once, by its own test); all of a test's customers come from one address.</remarks>
    /// <param name="sandbox">Without a slash at the end.</param>
    internal static IEnumerable<(string Name, string Value)> Settings(string sandbox)
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")));
        return sample.RootElement.GetProperty("Values").EnumerateObject()
            .Where(setting => !setting.Name.Contains("Storage", StringComparison.Ordinal) && setting.Name != "ServiceBus")
            .Select(setting => (setting.Name, setting.Value.GetString()!.Replace(SampleSandbox, sandbox, StringComparison.Ordinal)))
            .Append(("Sessions__AccessMinutes", "60")).Append(("Sessions__IdleMinutes", "60")).Append(("Credentials__HashIterations", "1000")).Append(("Credentials__AddressTriesPerMinute", "100000"))
            .ToList();
    }
}
