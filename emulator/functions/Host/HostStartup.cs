using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator.Hosting;

/// <summary>
/// Everything the host decides before it runs. A test prepares one and runs the app's entry point inside
/// <see cref="Prepare"/>; an app on its own gets the defaults.
/// </summary>
internal sealed class HostStartup
{
    private static readonly AsyncLocal<HostStartup?> Prepared = new();
    private HostJson? hostJson;
    private IConfiguration? configuration;

    public string[] Args { get; init; } = [];

    /// <summary>Where functions are looked for: this assembly and those it references.</summary>
    public Assembly Assembly { get; init; } = Assembly.GetEntryAssembly()!;

    /// <summary>Only these types instead, when not null.</summary>
    public IReadOnlyList<Type>? FunctionTypes { get; init; }

    /// <summary>Stronger than environment and files.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    public bool ReadsLocalSettings { get; init; } = true;

    /// <summary>Text used instead of the file host.json.</summary>
    public string? HostJsonText { get; init; }

    public MovableClock Clock { get; init; } = new();

    /// <summary>All hosts of this id are in this process; else the storage account is where they agree which of them runs a timer.</summary>
    public bool KeepsTimersInProcess { get; init; }

    /// <summary>So long a stop waits for what runs before it tells it.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Zero takes any free port.</summary>
    public int? Port { get; init; }

    /// <summary>Registrations that come after the app's own.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    public Action<ILoggingBuilder>? ConfigureLogging { get; init; }

    /// <summary>Told what Build made. Null outside of tests, where a fault at start ends the process instead.</summary>
    public Action<FunctionsHost>? Built { get; init; }

    public IReadOnlyList<IHostExtension> Extensions { get; } = FindExtensions();

    /// <summary>Names this app's state among that of others in one storage account.</summary>
    public string HostId => Configuration["AzureFunctionsWebHost:hostid"] ?? Assembly.GetName().Name!.ToLowerInvariant().Replace('.', '-');

    public HostJson HostJson => hostJson ?? throw new InvalidOperationException("The builder has not been made yet.");

    public IConfiguration Configuration => configuration ?? throw new InvalidOperationException("The builder has not been made yet.");

    public static HostStartup Current(string[] args) => Prepared.Value ?? new HostStartup { Args = args };

    /// <summary>Builders made by the caller from here on, and in what it starts, use this startup.</summary>
    public static void Prepare(HostStartup startup) => Prepared.Value = startup;

    public WebApplicationBuilder CreateInner()
    {
        var folder = AppContext.BaseDirectory;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = Assembly.GetName().Name,
            ContentRootPath = folder,
            EnvironmentName = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        builder.Configuration.AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true, reloadOnChange: false);
        if (ReadsLocalSettings)
            builder.Configuration.AddInMemoryCollection(LocalSettings.Read(Path.Combine(folder, "local.settings.json")));

        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddEnvironmentVariables("AZURE_FUNCTIONS_");
        builder.Configuration.AddCommandLine(Args);
        builder.Configuration.AddInMemoryCollection(Settings.Select(LocalSettings.Normalize));
        configuration = builder.Configuration;
        hostJson = HostJsonText is null
            ? HostJson.Read(Path.Combine(folder, "host.json"), builder.Configuration)
            : HostJson.Parse(HostJsonText, builder.Configuration);

        builder.Services.AddOptions<WorkerOptions>();
        builder.Services.AddSingleton(this);
        builder.Services.AddRouting();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = Configuration.GetValue("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", 104_857_600L);
            options.Listen(IPAddress.Loopback, ListenPort());
        });
        AddLogging(builder.Logging);
        return builder;
    }

    public IHost Build(
        WebApplicationBuilder inner,
        FunctionsApplicationBuilder builder,
        IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware)
    {
        var services = inner.Services;
        foreach (var extension in Extensions)
            extension.Configure(services, this);

        services.TryAddSingleton<IFunctionActivator, FunctionActivator>();
        services.AddSingleton(new MiddlewarePipeline(middleware));
        services.AddSingleton<FunctionExecutor>();
        services.AddSingleton<FunctionInvoker>();
        services.AddSingleton<IFunctionInvoker>(provider => provider.GetRequiredService<FunctionInvoker>());
        services.AddSingleton<FunctionCatalog>();
        services.AddSingleton<HostListeners>();
        services.AddSingleton<ClockMover>();
        services.AddSingleton(Clock);
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(Clock);
        if (Built is not null)
            services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());

        ConfigureServices?.Invoke(services);
        var host = new FunctionsHost(inner.Build(), this);
        Built?.Invoke(host);
        return host;
    }

    /// <summary>Replaces each <c>%Name%</c> by the setting of that name.</summary>
    /// <exception cref="FunctionMisconfiguredException">There is no such setting.</exception>
    public string Resolve(string text, string function) => SettingNames.Resolve(text, Configuration, function);

    /// <exception cref="FunctionMisconfiguredException">Not a port.</exception>
    public int ListenPort()
    {
        if (Port is { } fixedPort)
            return fixedPort;

        var position = Array.IndexOf(Args, "--port");
        var text = position >= 0 && position + 1 < Args.Length ? Args[position + 1] : Configuration["FUNCTIONS_PORT"] ?? "7071";
        return int.TryParse(text, out var port) && port is >= 0 and <= 65535
            ? port
            : throw new FunctionMisconfiguredException($"The port '{text}' is not a number from 0 to 65535.");
    }

    private void AddLogging(ILoggingBuilder logging)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);

        // A fault at start is told once, by the host itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConfiguration(HostJson.Section("logging"));
        if (Built is null)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
            });
        }

        ConfigureLogging?.Invoke(logging);
    }

    private static List<IHostExtension> FindExtensions() =>
        typeof(HostStartup).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IHostExtension)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IHostExtension)Activator.CreateInstance(type)!)
            .ToList();

    /// <summary>A test ends the host itself; signals belong to the test's process.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
