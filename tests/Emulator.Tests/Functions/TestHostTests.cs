using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Tests.Functions;

public sealed class Named(string name)
{
    public string Name => name;
}

public sealed class TestHostSample(Named named, Recorder recorder)
{
    [Function("Name")]
    public IResult Name([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text(named.Name);

    [Function("Message")]
    public void Message([ServiceBusTrigger("messages", Connection = "ServiceBus")] string body) => recorder.Note(body);

    [Function("Slow")]
    public async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
    {
        var gate = context.InstanceServices.GetRequiredService<Gate>();
        gate.Enter();
        await gate.Open.Task;
        return Results.Text("done");
    }

    [Function("Greet")]
    public static async Task<string> GreetAsync([OrchestrationTrigger] TaskOrchestrationContext context, string name)
    {
        await context.CreateTimer(TimeSpan.FromDays(2), CancellationToken.None);
        return await context.CallActivityAsync<string>("Compose", name);
    }

    [Function("Compose")]
    public static string Compose([ActivityTrigger] string name) => $"Mirëdita, {name}";
}

/// <summary>What FunctionsTestHost promises to a test.</summary>
public sealed class TestHostTests
{
    [Fact]
    public async Task Hosts_in_one_process_keep_their_services_and_messages_apart()
    {
        var names = new[] { "a", "b", "c" };
        var recorders = names.Select(_ => new Recorder()).ToList();
        var hosts = await Task.WhenAll(names.Zip(recorders, (name, recorder) => StartAsync(recorder, services => services.AddSingleton(new Named(name)))));

        Assert.Equal(names, await Task.WhenAll(hosts.Select(host => host.Client.GetStringAsync("api/Name"))));
        await Task.WhenAll(hosts.Zip(names, (host, name) => host.SendMessageAsync("messages", name)));
        await Task.WhenAll(hosts.Select(host => host.WhenIdleAsync()));
        Assert.Equal(names, recorders.Select(recorder => Assert.Single(recorder.Notes)));

        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_finishes_the_request_that_runs()
    {
        var gate = new Gate();
        var host = await StartAsync(new Recorder(), services => services.AddSingleton(gate));
        var request = host.Client.GetStringAsync("api/Slow");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var stop = host.StopAsync();
        gate.Open.TrySetResult();

        Assert.Equal("done", await request);
        await stop;
    }

    [Fact]
    public async Task A_kill_does_not_wait_for_the_request_that_runs()
    {
        var gate = new Gate();
        var host = await StartAsync(new Recorder(), services => services.AddSingleton(gate));
        var request = host.Client.GetStringAsync("api/Slow");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await host.KillAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => request);
        gate.Open.TrySetResult();
    }

    [Fact]
    public async Task A_workflow_that_waits_two_days_ends_when_the_clock_is_moved()
    {
        await using var host = await StartAsync(new Recorder());
        var id = await host.Workflows.ScheduleNewOrchestrationInstanceAsync("Greet", "Ana");
        await host.WhenIdleAsync();

        await host.AdvanceClockAsync(TimeSpan.FromDays(3));

        var ended = await host.WaitForOrchestrationAsync(id);
        Assert.Equal("Mirëdita, Ana", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failure_of_the_entry_point_reaches_the_test()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => FunctionsTestHost.StartAsync(_ => throw new InvalidDataException("no"), [typeof(TestHostSample)]));
    }

    private static async Task<FunctionsTestHost> StartAsync(Recorder recorder, Action<IServiceCollection>? change = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return await FunctionsTestHost.StartAsync(
            builder =>
            {
                builder.ConfigureFunctionsWebApplication();
                builder.Services.AddSingleton(new Named("program"));
                builder.Services.AddSingleton(recorder);
            },
            [typeof(TestHostSample)],
            options =>
            {
                options.Storage = azurite.ConnectionString;
                if (change is not null)
                    options.ConfigureServices(change);
            });
    }
}
