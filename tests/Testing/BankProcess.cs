using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Serverless.Functions.Health;

namespace Serverless.Testing;

/// <summary>The functions app as a process of its own, as in production, so that it can be killed as in production.</summary>
/// <remarks>The same prefix and port again is the same bank after a restart.</remarks>
public sealed class BankProcess : IAsyncDisposable
{
    private const int LinesKept = 40;
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    /// <summary>Ten seconds to finish and five to end are a host's; the rest is this machine's.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = new();

    private BankProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>From the start of the process until it answered that it can serve.</summary>
    public TimeSpan StartUp { get; private set; }

    public int Id => process.Id;

    public string LastLines => string.Join(Environment.NewLine, lines);

    /// <param name="storage">Connection string of the storage account.</param>
    /// <param name="prefix">Keeps this bank's state apart from every other's, as <see cref="Emulator.FunctionsTestHostOptions.Prefix"/>.</param>
    /// <param name="sandbox">Its root.</param>
    /// <param name="settings">Stronger than the sample's; <c>__</c> separates the parts of a name.</param>
    /// <exception cref="InvalidOperationException">It ended or did not answer in time; the message has its last lines.</exception>
    public static async Task<BankProcess> StartAsync(
        string storage, string prefix, Uri sandbox, int port, IReadOnlyDictionary<string, string>? settings = null)
    {
        var watch = Stopwatch.StartNew();
        var bank = new BankProcess(Describe(storage, prefix, sandbox, port, settings ?? new Dictionary<string, string>()));
        bank.process.Start();
        bank.process.BeginOutputReadLine();
        bank.process.BeginErrorReadLine();
        await bank.WaitUntilServingAsync(port);
        bank.StartUp = watch.Elapsed;
        return bank;
    }

    /// <summary>SIGKILL: nothing is drained, released or said.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a host tells an instance that it takes away: what has begun is finished.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It did not end in the time that a host gives; its last lines are in the message.</exception>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StopDeadline);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The functions app did not stop.{Environment.NewLine}{LastLines}");
        }
    }

    /// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        process.Dispose();
    }

    private static ProcessStartInfo Describe(string storage, string prefix, Uri sandbox, int port, IReadOnlyDictionary<string, string> settings)
    {
        var app = typeof(HealthFunction).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [app, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Path.GetDirectoryName(app)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in HttpBank.Settings(sandbox.ToString().TrimEnd('/')))
            start.Environment[name] = value;
        start.Environment["AzureWebJobsStorage"] = storage;
        start.Environment["Storage__ConnectionString"] = storage;
        start.Environment["Storage__TablePrefix"] = prefix;
        start.Environment["AzureFunctionsWebHost__hostid"] = prefix;
        start.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = prefix;
        start.Environment["ServiceBus"] =
            $"Endpoint=sb://{prefix}.localhost;SharedAccessKeyName=local;SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true";
        start.Environment["Sessions__SigningKey"] = ProcessSignIn.SigningKey;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    private async Task WaitUntilServingAsync(int port)
    {
        using var client = new HttpClient();
        var health = new Uri($"http://127.0.0.1:{port}/api/public/v1/health");
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartDeadline && !process.HasExited; await Task.Delay(PollInterval))
        {
            try
            {
                using var answer = await client.GetAsync(health);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        process.Kill();
        throw new InvalidOperationException($"The functions app did not serve.{Environment.NewLine}{LastLines}");
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lines.Enqueue(line);
        if (lines.Count > LinesKept)
            lines.TryDequeue(out _);
    }

    private void KillAtExit(object? sender, EventArgs e) => process.Kill();
}
