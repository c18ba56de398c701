using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

/// <summary>
/// The real host's admin API as far as it is useful here, and the clock, which only this build has. It answers to this machine alone.
/// </summary>
internal sealed class AdminExtension : IHostExtension
{
    private static readonly long Started = Environment.TickCount64;

    public void Configure(IServiceCollection services, HostStartup startup) => services.AddSingleton<FunctionTrigger>();

    public void Map(IEndpointRouteBuilder endpoints)
    {
        var admin = endpoints.MapGroup("/admin").AddEndpointFilter(OnlyFromHereAsync);
        admin.MapGet("/host/status", Status);
        admin.MapGet("/functions", List);
        admin.MapGet("/functions/{name}", Show);
        admin.MapPost("/functions/{name}", FireAsync);
        admin.MapGet("/host/keys", HostKeysAsync);
        admin.MapGet("/functions/{name}/keys", FunctionKeysAsync);
        admin.MapGet("/clock", Clock);
        admin.MapPost("/clock", MoveClockAsync);
    }

    private static ValueTask<object?> OnlyFromHereAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var isHere = http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        return isHere ? next(context) : ValueTask.FromResult<object?>(Results.StatusCode(StatusCodes.Status403Forbidden));
    }

    private static IResult Status(HostStartup startup) => Results.Json(new
    {
        id = startup.HostId,
        state = "Running",
        version = "4.0.0-local",
        processUptime = Environment.TickCount64 - Started,
    });

    private static IResult List(FunctionCatalog catalog, HttpFunctionEndpoints routes, HttpRequest request) =>
        Results.Json(catalog.All.Select(function => Describe(function, catalog, routes, request)));

    private static IResult Show(string name, FunctionCatalog catalog, HttpFunctionEndpoints routes, HttpRequest request) =>
        Find(name, catalog) is { } function ? Results.Json(Describe(function, catalog, routes, request)) : Results.NotFound();

    /// <summary>202 and runs in the background; with <c>Prefer: wait</c> 200 or 500 after the run.</summary>
    private static async Task<IResult> FireAsync(string name, HttpRequest request, FunctionCatalog catalog, FunctionTrigger trigger)
    {
        if (Find(name, catalog) is not { } function)
            return Results.NotFound();

        if (!trigger.CanFire(function))
            return Problem($"A function with the trigger '{function.TriggerType}' is not run from here.");

        string? input;
        try
        {
            input = await ReadInputAsync(request);
        }
        catch (JsonException)
        {
            return Problem("The body must be JSON: {\"input\":\"...\"}.");
        }

        var run = trigger.FireAsync(function, input, CancellationToken.None);
        if (!request.Headers["Prefer"].ToString().Contains("wait", StringComparison.OrdinalIgnoreCase))
            return Results.Accepted();

        var outcome = await run;
        return Results.Json(
            new { status = outcome.Status.ToString(), durationMs = (long)outcome.Duration.TotalMilliseconds, error = outcome.Exception?.GetType().FullName },
            statusCode: outcome.IsSuccess ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError);
    }

    private static async Task<IResult> HostKeysAsync(HostKeys keys)
    {
        var set = await keys.HostSetAsync();
        return Keys(("_master", set.Master), ("default", set.Default));
    }

    private static async Task<IResult> FunctionKeysAsync(string name, HostKeys keys, FunctionCatalog catalog) =>
        Find(name, catalog) is { } function ? Keys(("default", (await keys.FunctionSetAsync(function.Name)).Default)) : Results.NotFound();

    private static IResult Keys(params (string Name, string Value)[] all) =>
        Results.Json(new { keys = all.Select(key => new { name = key.Name, value = key.Value }) });

    private static IResult Clock(MovableClock clock) => Results.Json(new { now = clock.GetUtcNow() });

    private static async Task<IResult> MoveClockAsync(HttpRequest request, MovableClock clock, ClockMover mover)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            var target = Target(body.RootElement, clock.GetUtcNow());
            if (target is null)
                return Problem("The body must be {\"now\":\"2026-01-31T06:00:00Z\"} or {\"advance\":\"1.00:00:00\"}, and may say \"asleep\":true.");

            var runs = await mover.MoveToAsync(target.Value, IsAsleep(body.RootElement), request.HttpContext.RequestAborted);
            return Results.Json(new { now = clock.GetUtcNow(), runs });
        }
        catch (JsonException e)
        {
            return Problem(e.Message);
        }
        catch (ArgumentOutOfRangeException e)
        {
            return Problem(e.Message);
        }
    }

    private static bool IsAsleep(JsonElement body) => body.TryGetProperty("asleep", out var asleep) && asleep.ValueKind == JsonValueKind.True;

    private static DateTimeOffset? Target(JsonElement body, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return null;

        if (body.TryGetProperty("now", out var time) && time.ValueKind == JsonValueKind.String && time.TryGetDateTimeOffset(out var target))
            return target;

        return body.TryGetProperty("advance", out var advance)
            && advance.ValueKind == JsonValueKind.String
            && TimeSpan.TryParse(advance.GetString(), CultureInfo.InvariantCulture, out var step)
                ? now + step
                : null;
    }

    private static async Task<string?> ReadInputAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync();
        if (string.IsNullOrWhiteSpace(text))
            return null;

        using var body = JsonDocument.Parse(text);
        if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("input", out var input))
            return null;

        return input.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => input.GetString(),
            _ => input.GetRawText(),
        };
    }

    private static HostedFunction? Find(string name, FunctionCatalog catalog) =>
        catalog.All.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static object Describe(HostedFunction function, FunctionCatalog catalog, HttpFunctionEndpoints routes, HttpRequest request) => new
    {
        name = function.Name,
        entryPoint = function.EntryPoint,
        language = "dotnet-isolated",
        isDisabled = catalog.IsDisabled(function),
        trigger = function.TriggerType,
        invoke_url_template = function.Trigger is HttpTriggerAttribute ? $"{request.Scheme}://{request.Host}/{routes.RouteOf(function)}" : null,
        methods = (function.Trigger as HttpTriggerAttribute)?.Methods,
        bindings = function.InputBindings.Values.Concat(function.OutputBindings.Values)
            .Select(binding => new { name = binding.Name, type = binding.Type, direction = binding.Direction.ToString().ToLowerInvariant() }),
    };

    private static IResult Problem(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);
}
