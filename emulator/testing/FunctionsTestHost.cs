using System.Reflection;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator;

/// <summary>A functions app that runs in the test's process, from its real entry point, on a port of its own.</summary>
/// <remarks>Any number of hosts may run side by side; each keeps its state under its own prefix.</remarks>
public sealed partial class FunctionsTestHost : IAsyncDisposable
{
    private readonly FunctionsHost host;
    private readonly Task program;
    private readonly Func<FunctionsTestHostOptions, Task<FunctionsTestHost>> restart;
    private readonly FunctionsTestHostOptions options;

    private FunctionsTestHost(
        FunctionsHost host, Task program, FunctionsTestHostOptions options, Func<FunctionsTestHostOptions, Task<FunctionsTestHost>> restart)
    {
        this.host = host;
        this.program = program;
        this.options = options;
        this.restart = restart;
        BaseAddress = new Uri(host.Addresses.First() + "/");
        Client = NewClient();
    }

    /// <summary>The root; the functions are below the route prefix of host.json (<c>api/</c>).</summary>
    public Uri BaseAddress { get; }

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    /// <summary>The app's services, its singletons among them.</summary>
    public IServiceProvider Services => host.Services;

    public MovableClock Clock => options.Clock;

    public string Prefix => options.Prefix;

    /// <summary>Also when it was killed.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Runs the entry point of the assembly that holds <typeparamref name="TProgram"/> and waits until it listens.</summary>
    /// <exception cref="FunctionMisconfiguredException">The app cannot start; the message says why.</exception>
    public static Task<FunctionsTestHost> StartAsync<TProgram>(Action<FunctionsTestHostOptions>? configure = null)
    {
        var assembly = typeof(TProgram).Assembly;
        var entry = assembly.EntryPoint ?? throw new ArgumentException($"{assembly.GetName().Name} has no entry point.");
        return StartAsync(assembly, null, Configured(configure), arguments => entry.Invoke(
            null, BindingFlags.DoNotWrapExceptions, null, entry.GetParameters().Length == 0 ? null : [arguments], null));
    }

    /// <summary>Runs a small app written in the test itself.</summary>
    /// <param name="program">What a Program.cs does between CreateBuilder and Build.</param>
    /// <param name="functionTypes">The classes with its functions; nothing else is looked at.</param>
    /// <exception cref="FunctionMisconfiguredException">The app cannot start; the message says why.</exception>
    public static Task<FunctionsTestHost> StartAsync(
        Action<FunctionsApplicationBuilder> program, IReadOnlyList<Type> functionTypes, Action<FunctionsTestHostOptions>? configure = null)
    {
        var options = Configured(configure);
        options.HostJson ??= """{ "version": "2.0" }""";
        var assembly = functionTypes.Count == 0 ? Assembly.GetCallingAssembly() : functionTypes[0].Assembly;
        return StartAsync(assembly, functionTypes, options, arguments =>
        {
            var builder = FunctionsApplication.CreateBuilder(arguments);
            program(builder);
            builder.Build().Run();
        });
    }

    /// <summary>A client of its own, for a caller that changes default headers.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };

    /// <summary>Finishes what runs, as a host that is told to stop does.</summary>
    public async Task StopAsync()
    {
        if (IsStopped)
            return;

        IsStopped = true;
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await program;
    }

    /// <summary>Stops at once: nothing is drained, settled or released, as when the process is killed.</summary>
    /// <remarks>Code of a function that is running goes on until it looks at its cancellation token: a thread cannot be killed.</remarks>
    public async Task KillAsync()
    {
        if (IsStopped)
            return;

        IsStopped = true;
        await host.KillAsync();
        await program.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The same app with the same state on another port, after a stop or a kill.</summary>
    public async Task<FunctionsTestHost> RestartAsync()
    {
        await StopAsync();
        return await restart(options);
    }

    /// <summary>Stops for good: what the app and its host keep in the storage account is deleted.</summary>
    public async Task StopAndEraseAsync()
    {
        await StopAsync();
        if (options.Storage is { } storage)
            await StorageErasure.RunAsync(storage, Prefix);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Client.Dispose();
    }

    private static FunctionsTestHostOptions Configured(Action<FunctionsTestHostOptions>? configure)
    {
        var options = new FunctionsTestHostOptions();
        configure?.Invoke(options);
        return options;
    }

    private static async Task<FunctionsTestHost> StartAsync(
        Assembly assembly, IReadOnlyList<Type>? functionTypes, FunctionsTestHostOptions options, Action<string[]> entry)
    {
        var built = new TaskCompletionSource<FunctionsHost>(TaskCreationOptions.RunContinuationsAsynchronously);
        var arguments = options.Arguments.ToArray();
        var startup = new HostStartup
        {
            Args = arguments,
            Assembly = assembly,
            FunctionTypes = functionTypes,
            Settings = options.AllSettings(),
            ReadsLocalSettings = false,
            HostJsonText = options.HostJson,
            Clock = options.Clock,
            KeepsTimersInProcess = !options.KeepsTimersInStorage,
            DrainFor = options.DrainFor,
            Port = 0,
            ConfigureServices = services => options.ServiceChanges.ForEach(change => change(services)),
            ConfigureLogging = logging => options.LoggingChanges.ForEach(change => change(logging)),
            Built = host => built.TrySetResult(host),
        };
        var program = Task.Factory.StartNew(
            () =>
            {
                HostStartup.Prepare(startup);
                entry(arguments);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        if (await Task.WhenAny(built.Task, program) == program)
        {
            await program;
            throw new InvalidOperationException("The entry point ended without building a functions host.");
        }

        var host = await built.Task;
        await await Task.WhenAny(host.Started, program);
        return new FunctionsTestHost(host, program, options, again => StartAsync(assembly, functionTypes, again, entry));
    }
}
