using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>A small app with one function per rule.</summary>
public sealed class DurableSample(DurableSample.Notes notes)
{
    public static void Program(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddSingleton<Notes>();
    }

    [Function("Start")]
    public static async Task<HttpResponseData> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{name}/{id}")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        string name,
        string id)
    {
        var input = await request.ReadFromJsonAsync<Order>();
        await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id));
        return await client.CreateCheckStatusResponseAsync(request, id);
    }

    [Function("Ship")]
    public static async Task<string> ShipAsync([OrchestrationTrigger] TaskOrchestrationContext context, Order order, FunctionContext function)
    {
        context.SetCustomStatus("shipping");
        var label = await context.CallActivityAsync<string>("PRINTLABEL", order);
        var approved = await context.WaitForExternalEvent<bool>("Approved");
        return $"{label} {approved} {function.FunctionDefinition.Name}";
    }

    [Function("Activity_PrintLabel")]
    public async Task<string> PrintLabelAsync(
        [ActivityTrigger(Activity = "PrintLabel")] Order order, string instanceId, FunctionContext context, CancellationToken cancellation)
    {
        await Task.Yield();
        notes.Add($"{instanceId} {context.FunctionDefinition.Name} {cancellation.CanBeCanceled}");
        return $"{order.Item} x{order.Count}";
    }

    [Function("BindsNullable")]
    public static string BindsNullable([OrchestrationTrigger] TaskOrchestrationContext context, int? number) =>
        $"{number?.ToString() ?? "null"} {context.GetInput<int?>()}";

    [Function("BindsInterface")]
    public static string BindsInterface([OrchestrationTrigger] TaskOrchestrationContext context, IReadOnlyList<int>? numbers) =>
        $"{(numbers is null ? "null" : "bound")} {context.GetInput<List<int>>()!.Count}";

    [Function("BindsList")]
    public static int BindsList([OrchestrationTrigger] TaskOrchestrationContext context, List<int> numbers) => numbers.Count;

    [Function("BindsNumber")]
    public static int BindsNumber([OrchestrationTrigger] TaskOrchestrationContext context, int number) => number;

    [Function("CallsEcho")]
    public static async Task<string> CallsEcho([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("Echo") ?? "null";

    [Function("Echo")]
    public static string? Echo([ActivityTrigger] string? input) => input;

    [Function("Delays")]
    public static async Task Delays([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.Delay(TimeSpan.FromSeconds(10));

    public sealed record Order(string Item, int Count);

    public sealed class Notes
    {
        private readonly List<string> lines = [];

        public IReadOnlyList<string> Lines => lines;

        public void Add(string line)
        {
            lock (lines)
                lines.Add(line);
        }
    }
}
