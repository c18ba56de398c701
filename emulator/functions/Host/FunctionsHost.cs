using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator.Hosting;

/// <summary>Web server and trigger listeners as one host.</summary>
internal sealed class FunctionsHost(WebApplication app, HostStartup startup) : IHost, IAsyncDisposable
{
    /// <summary>For what has been told that there is no more time.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HostListeners listeners = app.Services.GetRequiredService<HostListeners>();
    private bool isKilled;

    public IServiceProvider Services => app.Services;

    /// <summary>Ends when everything listens, or fails with what prevented it.</summary>
    public Task Started => started.Task;

    public IEnumerable<string> Addresses => app.Urls;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            MapEndpoints();
            await app.StartAsync(cancellationToken);
            await StartListenersAsync(cancellationToken);
            Services.GetRequiredService<ILoggerFactory>().CreateLogger("Host").LogInformation(
                "{Count} functions at {Addresses}", Services.GetRequiredService<FunctionCatalog>().Enabled.Count, string.Join(", ", app.Urls));
            started.TrySetResult();
        }
        catch (Exception e) when (startup.Built is null && StartFaults.Explain(e, startup) is { } message)
        {
            // The one message a developer needs; a stack trace would bury it.
            await Console.Error.WriteLineAsync($"The functions app cannot start. {message}");
            Environment.Exit(1);
        }
        catch (Exception e)
        {
            started.TrySetException(e);
            throw;
        }
    }

    /// <summary>
    /// As Azure's host does when it is told to stop: timers' runs are told at once, messages and requests are finished, and what is not done when the time is up is told
    /// so and has a little longer. The app's own ShutdownTimeout is not asked there either.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (isKilled)
            return;

        using var drained = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        drained.CancelAfter(startup.DrainFor);
        over.CancelAfter(startup.DrainFor + Grace);
        await using (drained.Token.Register(Services.GetRequiredService<FunctionInvoker>().CancelAll))
        {
            await Task.WhenAll(listeners.All.Select(listener => listener.StopAsync(over.Token)))
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.StopAsync(over.Token);
        }
    }

    /// <summary>Stops as a killed process does, as far as one process can: nothing is drained or released.</summary>
    public async Task KillAsync()
    {
        isKilled = true;
        foreach (var listener in listeners.All)
            listener.Kill();

        Services.GetRequiredService<FunctionInvoker>().CancelAll();
        await app.StopAsync(new CancellationToken(canceled: true));
    }

    public void Dispose() => ((IDisposable)app).Dispose();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void MapEndpoints()
    {
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All });
        app.UseRouting();
        foreach (var extension in startup.Extensions)
            extension.Map(app);
    }

    private async Task StartListenersAsync(CancellationToken cancellation)
    {
        var functions = Services.GetRequiredService<FunctionCatalog>().Enabled;
        foreach (var extension in startup.Extensions)
        {
            foreach (var function in functions.Where(function => extension.Handles(function.Trigger)))
            {
                if (extension.CreateListener(function, Services) is { } listener)
                    listeners.All.Add(listener);
            }

            listeners.All.AddRange(extension.CreateListeners(functions, Services));
        }

        foreach (var listener in listeners.All)
            await listener.StartAsync(cancellation);
    }
}
