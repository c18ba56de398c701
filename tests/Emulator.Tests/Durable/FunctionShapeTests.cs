using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Durable.Client;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.1: orchestrators and activities as functions of an app.</summary>
public sealed class FunctionShapeTests : IAsyncLifetime
{
    private FunctionsTestHost host = null!;
    private DurableTaskClient client = null!;

    public async ValueTask InitializeAsync()
    {
        var storage = (await AzuriteServer.SharedAsync()).ConnectionString;
        host = await FunctionsTestHost.StartAsync(DurableSample.Program, [typeof(DurableSample)], options => options.Storage = storage);
        client = host.Services.GetRequiredService<HubClient>();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_nullable_parameter_arrives_as_null_though_GetInput_has_the_value() =>
        Assert.Equal("null 5", (await RunAsync("BindsNullable", 5)).ReadOutputAs<string>());

    [Fact]
    public async Task An_interface_parameter_arrives_as_null_though_GetInput_has_the_value() =>
        Assert.Equal("null 2", (await RunAsync("BindsInterface", new[] { 1, 2 })).ReadOutputAs<string>());

    [Fact]
    public async Task A_parameter_of_the_values_own_type_binds() =>
        Assert.Equal(3, (await RunAsync("BindsList", new[] { 1, 2, 3 })).ReadOutputAs<int>());

    [Fact]
    public async Task A_missing_input_of_a_value_type_without_default_is_a_binding_error()
    {
        var end = await RunAsync("BindsNumber", null);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("number", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_activity_input_is_null() =>
        Assert.Equal("null", (await RunAsync("CallsEcho", null)).ReadOutputAs<string>());

    [Fact]
    public async Task Task_names_are_case_insensitive_and_an_activity_may_take_services_context_and_instance_id()
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync("ship", new DurableSample.Order("tea", 2));
        await client.RaiseEventAsync(id, "approved", true);

        Assert.Equal("tea x2 True Ship", (await EndOfAsync(id)).ReadOutputAs<string>());
        Assert.Equal($"{id} Activity_PrintLabel True", host.Services.GetRequiredService<DurableSample.Notes>().Lines[^1]);
    }

    [Fact]
    public async Task An_illegal_await_as_the_first_action_fails_the_instance() =>
        Assert.Equal("System.InvalidOperationException", (await RunAsync("Delays", null)).FailureDetails!.ErrorType);

    [Fact]
    public async Task Payloads_use_the_workers_serializer()
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Ship", new DurableSample.Order("tea", 2));

        Assert.Equal("""{"Item":"tea","Count":2}""", (await client.GetInstanceAsync(id, true))!.SerializedInput);
    }

    [Fact]
    public async Task A_killed_app_goes_on_where_it_was()
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Ship", new DurableSample.Order("tea", 2));
        await host.KillAsync();

        await using var next = await host.RestartAsync();
        client = next.Services.GetRequiredService<HubClient>();
        await client.RaiseEventAsync(id, "Approved", true);

        Assert.Equal("tea x2 True Ship", (await EndOfAsync(id)).ReadOutputAs<string>());
    }

    private async Task<OrchestrationMetadata> RunAsync(string name, object? input) =>
        await EndOfAsync(await client.ScheduleNewOrchestrationInstanceAsync(name, input));

    private async Task<OrchestrationMetadata> EndOfAsync(string id)
    {
        using var deadline = new CancellationTokenSource(Hub.Deadline);
        return await client.WaitForInstanceCompletionAsync(id, true, deadline.Token);
    }
}
