using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator;

namespace Serverless.Bench;

/// <summary>An HTTP function that does nothing, beside a Kestrel endpoint that does nothing, in turns.</summary>
internal sealed class EmptyFunction : IMeasurement
{
    public string Name => "empty function";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        await using var host = await FunctionsTestHost.StartAsync(builder => builder.ConfigureFunctionsWebApplication(), [typeof(EmptyFunctions)]);
        await using var bare = Bare();
        await bare.StartAsync();
        var function = new HttpLoad(host.BaseAddress, "/api/empty");
        var endpoint = new HttpLoad(new Uri(bare.Urls.First()), "/api/empty");
        var turn = plan.Of(quick: TimeSpan.FromSeconds(0.7), full: TimeSpan.FromSeconds(3));
        await function.RunAsync(Plan.Clients, turn);
        await endpoint.RunAsync(Plan.Clients, turn);
        var (functions, endpoints) = (new List<LoadResult>(), new List<LoadResult>());
        for (var i = 0; i < 3; i++)
        {
            functions.Add(await function.RunAsync(Plan.Clients, turn));
            endpoints.Add(await endpoint.RunAsync(Plan.Clients, turn));
        }

        var (ours, kestrel) = (LoadResult.Join(functions), LoadResult.Join(endpoints));
        return
        [
            Compare("empty function", "per s", ours.PerSecond, kestrel.PerSecond),
            Compare("empty function, p50", "ms", Percentiles.Of(ours.Latencies, 0.50), Percentiles.Of(kestrel.Latencies, 0.50)),
            Compare("empty function, p99", "ms", Percentiles.Of(ours.Latencies, 0.99), Percentiles.Of(kestrel.Latencies, 0.99)),
        ];
    }

    private static Row Compare(string name, string unit, double ours, double kestrel) =>
        new(name, unit, ours, $"{Report.Text(kestrel)}: bare Kestrel", kestrel);

    private static WebApplication Bare()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseRouting();
        app.MapGet("/api/empty", () => Results.Ok());
        return app;
    }
}

public static class EmptyFunctions
{
    [Function("Empty")]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "empty")] HttpRequest request) => Results.Ok();
}
