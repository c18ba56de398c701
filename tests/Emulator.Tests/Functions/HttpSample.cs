using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Serverless.Emulator.Tests.Functions;

public sealed record Greeting(string Name, int Times);

public sealed class ScopedCounter
{
    public Guid Id { get; } = Guid.NewGuid();
}

/// <summary>What a small HTTP app looks like; the tests call it over the wire.</summary>
public sealed class HttpSample(ScopedCounter scoped)
{
    public static void Program(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddScoped<ScopedCounter>();
    }

    [Function("Empty")]
    public IResult Empty([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

    [Function("Action")]
    public IActionResult Action([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
        new OkObjectResult(new Greeting("Ana", 2));

    [Function("Poco")]
    public Greeting Poco([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new("Ana", 2);

    [Function("Routed")]
    public static IResult Routed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/things/{id:guid}/{page:int?}")] HttpRequest request, Guid id, int? page) =>
        Results.Text($"{id:N} {page}");

    [Function("Dated")]
    public static IResult Dated(
        FunctionContext context,
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dates/{day}/{count}")] HttpRequest request,
        DateTime day,
        int count) =>
        Results.Text($"{day:yyyy-MM-dd} {count} {context.FunctionDefinition.Name}");

    [Function("AnyMethod")]
    public static IResult AnyMethod([HttpTrigger(AuthorizationLevel.Anonymous, Route = "any")] HttpRequest request) => Results.Text(request.Method);

    [Function("Written")]
    public static async Task<HttpResponseData> Written([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request)
    {
        var response = request.CreateResponse();
        response.StatusCode = System.Net.HttpStatusCode.Accepted;
        response.Headers.Add("X-Method", request.Method);
        await response.WriteAsJsonAsync(new Greeting(request.Query["name"] ?? "-", 1));
        return response;
    }

    [Function("FromBody")]
    public static IResult FromBody([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Greeting body) =>
        Results.Text($"{body.Name} {body.Times}");

    [Function("MvcFromBody")]
    public static IResult MvcFromBody(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [Microsoft.AspNetCore.Mvc.FromBody] Greeting? body) =>
        Results.Text(body is null ? "null" : "bound");

    [Function("Throws")]
    public static IResult Throws([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidDataException("no");

    [Function("Length")]
    public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request)
    {
        var buffer = new byte[81920];
        long length = 0;
        for (var read = await request.Body.ReadAsync(buffer); read > 0; read = await request.Body.ReadAsync(buffer))
            length += read;

        return Results.Text(JsonSerializer.Serialize(length));
    }

    [Function("Scope")]
    public IResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context) =>
        Results.Text($"{scoped.Id} {context.InstanceServices.GetRequiredService<ScopedCounter>().Id} "
            + $"{request.HttpContext.RequestServices.GetRequiredService<ScopedCounter>().Id} {context.GetHttpContext() == request.HttpContext}");
}
