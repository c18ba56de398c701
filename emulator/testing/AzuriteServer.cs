using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Serverless.Emulator;

/// <summary>An Azurite of the caller's own on free ports of 127.0.0.1.</summary>
/// <remarks>
/// It ends with this process, however that ends: Azurite watches its standard input, which the operating system closes even when
/// this process is killed.
/// </remarks>
public sealed class AzuriteServer : IAsyncDisposable
{
    private const string StorageVariable = "SERVERLESS_TEST_STORAGE";
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string EndWithParent = "data:text/javascript,process.stdin.resume();process.stdin.on('end',()=>process.exit(0))";
    private const int Tries = 3;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly Lazy<Task<AzuriteServer>> Shared = new(StartSharedAsync);

    private readonly Process? _process;

    private AzuriteServer(Process? process, string connectionString)
    {
        _process = process;
        ConnectionString = connectionString;
    }

    /// <summary>Spells out the blob, queue and table endpoints.</summary>
    public string ConnectionString { get; }

    /// <summary>What it has used of the processors since its start; null for a server that somebody else started.</summary>
    public TimeSpan? ProcessorTime
    {
        get
        {
            _process?.Refresh();
            return _process?.TotalProcessorTime;
        }
    }

    /// <summary>One server for all tests of this process, or the one named by <c>SERVERLESS_TEST_STORAGE</c>. Not to be disposed of.</summary>
    public static Task<AzuriteServer> SharedAsync() => Shared.Value;

    /// <param name="dataFolder">Where the data is kept; null keeps it in memory.</param>
    /// <param name="preload">A module that Node loads before Azurite; null for none.</param>
    /// <exception cref="InvalidOperationException">Node or azurite is missing, or Azurite did not start; the message says what to do.</exception>
    public static async Task<AzuriteServer> StartAsync(string? dataFolder = null, string? preload = null, CancellationToken cancellation = default)
    {
        var script = FindScript();
        for (var attempt = 1; ; attempt++)
        {
            // A port found free may be taken by the time Azurite binds it, so losing that race is no failure.
            var ports = FreePorts(3);
            var (process, output) = Launch(script, dataFolder, preload, ports);
            if (await IsAnsweringAsync(process, ports, cancellation))
                return new AzuriteServer(process, ConnectionStringOf(ports));

            Kill(process);
            if (attempt == Tries)
                throw new InvalidOperationException($"Azurite did not start: {string.Join(Environment.NewLine, output)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;

        Kill(_process);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Task<AzuriteServer> StartSharedAsync() =>
        Environment.GetEnvironmentVariable(StorageVariable) is { Length: > 0 } connectionString
            ? Task.FromResult(new AzuriteServer(null, connectionString))
            : StartAsync();

    private static (Process Process, ConcurrentQueue<string> Output) Launch(string script, string? dataFolder, string? preload, int[] ports)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--import", EndWithParent, .. preload is null ? [] : new[] { "--import", new Uri(preload).AbsoluteUri }, script, "--disableTelemetry", "--skipApiVersionCheck", "--silent",
            "--blobHost", "127.0.0.1", "--blobPort", Text(ports[0]),
            "--queueHost", "127.0.0.1", "--queuePort", Text(ports[1]),
            "--tableHost", "127.0.0.1", "--tablePort", Text(ports[2]),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        if (dataFolder is null)
        {
            start.ArgumentList.Add("--inMemoryPersistence");
        }
        else
        {
            start.ArgumentList.Add("--location");
            start.ArgumentList.Add(dataFolder);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new InvalidOperationException("Azurite needs Node 20 or newer on the PATH.", missing);
        }

        // Azurite would block on a full pipe if nobody read it.
        var output = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill(process);
        return (process, output);

        void Keep(string? line)
        {
            if (line is null)
                return;

            output.Enqueue(line);
            while (output.Count > 50)
                output.TryDequeue(out _);
        }
    }

    private static async Task<bool> IsAnsweringAsync(Process process, int[] ports, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        foreach (var port in ports)
        {
            while (!await CanConnectAsync(port, cancellation))
            {
                if (process.HasExited || watch.Elapsed > StartDeadline)
                    return false;

                await Task.Delay(PollInterval, cancellation);
            }
        }

        return !process.HasExited;
    }

    private static async Task<bool> CanConnectAsync(int port, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself, or was disposed of.
        }
    }

    private static string ConnectionStringOf(int[] ports) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key}"
        + $";BlobEndpoint=http://127.0.0.1:{Text(ports[0])}/{Account}"
        + $";QueueEndpoint=http://127.0.0.1:{Text(ports[1])}/{Account}"
        + $";TableEndpoint=http://127.0.0.1:{Text(ports[2])}/{Account}";

    private static string FindScript()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var script = Path.Combine(folder.FullName, "node_modules", "azurite", "dist", "src", "azurite.js");
                if (File.Exists(script))
                    return script;
            }
        }

        throw new InvalidOperationException("Azurite is not installed: run `npm ci` in the repository's root.");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
