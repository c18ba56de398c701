using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serverless.Emulator.Tests.Functions;

public sealed class NotingMiddleware(Recorder recorder) : IFunctionsWorkerMiddleware
{
    private int runs;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        recorder.Note($"in {++runs} http:{context.GetHttpContext() is not null} {context.FunctionDefinition.InputBindings.Values.Single().Type}");
        await next(context);
        recorder.Note($"out {context.GetInvocationResult().Value?.GetType().Name}");
    }
}

/// <summary>Answers instead of the function when asked to, and turns a failure into an answer.</summary>
public sealed class AnsweringMiddleware : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext()!.Request.Query.ContainsKey("skip"))
        {
            context.GetInvocationResult().Value = Results.Text("instead");
            return;
        }

        try
        {
            await next(context);
        }
        catch (InvalidDataException)
        {
            context.GetInvocationResult().Value = Results.StatusCode(StatusCodes.Status418ImATeapot);
        }
        catch (FunctionInputConverterException e)
        {
            context.GetInvocationResult().Value = Results.Text(e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}

public sealed class MiddlewareSample
{
    [Function("Plain")]
    public static IResult Plain([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

    [Function("Failing")]
    public static IResult Failing([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidDataException("no");

    [Function("Converted")]
    public static IResult Converted(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "converted/{id}/{count}")] HttpRequest request, Guid id, int count) => Results.Ok();

    [Function("Waiting")]
    public static async Task<IResult> Waiting(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context, CancellationToken cancellation)
    {
        var gate = context.InstanceServices.GetRequiredService<Gate>();
        gate.Entered.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested && context.CancellationToken.IsCancellationRequested)
        {
            gate.Open.TrySetResult();
        }

        return Results.Ok();
    }
}

/// <summary>Rules of SEMANTICS 2 and 4.1 about middleware, and of 2 about failures.</summary>
public sealed class MiddlewareTests
{
    private readonly Recorder recorder = new();

    [Fact]
    public async Task Middleware_after_ConfigureFunctionsWebApplication_sees_the_http_context_and_the_result()
    {
        await using var host = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseMiddleware<NotingMiddleware>();
        });
        await host.Client.GetAsync("api/Plain");
        await host.Client.GetAsync("api/Plain");
        Assert.Equal(["in 1 http:True httpTrigger", "out Ok", "in 2 http:True httpTrigger", "out Ok"], recorder.Notes);
    }

    [Fact]
    public async Task Middleware_before_ConfigureFunctionsWebApplication_sees_no_http_context()
    {
        await using var host = await StartAsync(builder =>
        {
            builder.UseMiddleware<NotingMiddleware>();
            builder.ConfigureFunctionsWebApplication();
        });
        await host.Client.GetAsync("api/Plain");
        Assert.Equal("in 1 http:False httpTrigger", recorder.Notes[0]);
    }

    [Fact]
    public async Task Middleware_may_answer_instead_of_the_function_and_for_its_failure()
    {
        await using var host = await StartAsync(Answering);
        Assert.Equal("instead", await host.Client.GetStringAsync("api/Failing?skip=1"));
        Assert.Equal(418, (int)(await host.Client.GetAsync("api/Failing")).StatusCode);
    }

    [Fact]
    public async Task All_conversion_errors_come_together_in_one_exception()
    {
        await using var host = await StartAsync(Answering);
        var answer = await host.Client.GetAsync("api/converted/x/y");
        var message = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Error converting 2 input parameters for Function 'Converted'", message, StringComparison.Ordinal);
        Assert.Contains("'id'", message, StringComparison.Ordinal);
        Assert.Contains("'count'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UseWhen_runs_middleware_only_where_its_predicate_holds()
    {
        await using var host = await StartAsync(builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.UseWhen<NotingMiddleware>(context => context.FunctionDefinition.Name == "Plain");
        });
        await host.Client.GetAsync("api/Failing");
        Assert.Empty(recorder.Notes);
        await host.Client.GetAsync("api/Plain");
        Assert.Equal(2, recorder.Notes.Count);
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_function()
    {
        var gate = new Gate();
        await using var host = await StartAsync(builder => builder.ConfigureFunctionsWebApplication().Services.AddSingleton(gate));
        using var cancellation = new CancellationTokenSource();
        var request = host.Client.GetAsync("api/Waiting", cancellation.Token);
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await cancellation.CancelAsync();

        await gate.Open.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    private static void Answering(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<AnsweringMiddleware>();
    }

    private Task<FunctionsTestHost> StartAsync(Action<FunctionsApplicationBuilder> program) => FunctionsTestHost.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(recorder);
            program(builder);
        },
        [typeof(MiddlewareSample)]);
}
