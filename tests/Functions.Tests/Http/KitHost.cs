using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
using Serverless.Emulator;
using Serverless.Functions.Authentication;
using Serverless.Functions.Http;
using Serverless.Functions.Sessions;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Http;

/// <summary>The kit on a host of its own, with <see cref="KitFunctions"/> behind it. Its tables are in memory.</summary>
public sealed class KitHost : IAsyncLifetime
{
    public FunctionsTestHost Host { get; private set; } = null!;

    public TestIssuer Issuer { get; private set; } = null!;

    public KeptLog Log { get; } = new();

    public TestClock Clock { get; } = new();

    public DateTimeOffset Now => Clock.GetUtcNow();

    public CustomerSignIn SignIn { get; private set; } = null!;

    /// <summary>The bank's own, which nobody else should have: for forging tokens that are right in all but one thing.</summary>
    public ECDsa SigningKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Taken already, and not signing yet.</summary>
    public ECDsa NextKey { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public async Task<string> CustomerAsync(string rights = "payment", SessionScope scope = SessionScope.Full) =>
        (await SignIn.OpenAsync(new SignInWish("100000001", rights, Channel: "web", Scope: scope), new TestDevice())).Token;

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Host = await FunctionsTestHost.StartAsync(
            builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.UseBankMiddleware();
                builder.Services.AddHttp(builder.Configuration).AddAuthentication(builder.Configuration).AddSessions(builder.Configuration)
                    .Configure<StorageOptions>(storage => storage.Service = new MemoryTableService(new MemoryTableAccount()));
            },
            [typeof(KitFunctions), typeof(NotFoundFunction)],
            options =>
            {
                options.Settings["Authentication:Issuer"] = Issuer.Url;
                options.Settings["Authentication:TenantId"] = TestIssuer.Tenant;
                options.Settings["Authentication:StaffClaim"] = "preferred_username";
                options.Settings["Sessions:SigningKey"] = SigningKey.ExportPkcs8PrivateKeyPem();
                options.Settings["Sessions:OtherKeys:0"] = NextKey.ExportSubjectPublicKeyInfoPem();
                options.Settings["Sessions:RefreshKey"] = "b25seS1mb3ItdGVzdHMtbm90LXNlY3JldC1hdC1hbGw=";
                options.Settings["Api:CursorKey"] = "b25seS1mb3ItdGVzdHMtbm90LXNlY3JldC1hdC1hbGw=";
                options.ConfigureServices(services => services.AddSingleton<TimeProvider>(Clock).WaitForIssuer());
                options.ConfigureLogging(logging => logging.AddProvider(Log));
            });
        SignIn = new CustomerSignIn(Host.Services);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    public async Task<Answer> SendAsync(string method, string path, string? json = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), $"api/{path}");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        change?.Invoke(request);
        using var response = await Host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync("GET", path, change: request =>
    {
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    });
}

/// <summary>What came back, read to its end.</summary>
public sealed record Answer(int Status, string? ContentType, string Text, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => ContentType == "application/problem+json" ? (string?)Json["code"] : null;

    /// <summary><c>400 invalid_input</c>; for faults one line each: <c>/name required</c>.</summary>
    public override string ToString() => Code is null
        ? $"{Status} {Text}"
        : string.Join('\n', [$"{Status} {Code}", .. (Json["errors"]?.AsArray() ?? []).Select(e => $"{e!["pointer"] ?? e["parameter"]} {e["code"]}")]);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(), response.Headers);
}

/// <summary>What the app logged, kept for a test to look at.</summary>
public sealed class KeptLog : ILoggerProvider
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = [];

    public IReadOnlyCollection<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Writer(lines);

    public void Dispose()
    {
    }

    private sealed class Writer(System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
