using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Serverless.Emulator.Tests.Functions;

public sealed record Upper(string Text);

public sealed class UpperConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => ValueTask.FromResult(
        context is { TargetType: var type, Source: string text } && type == typeof(Upper)
            ? ConversionResult.Success(new Upper(text.ToUpperInvariant()))
            : ConversionResult.Unhandled());
}

public sealed class ThrowingConverter : IInputConverter
{
    public ValueTask<ConversionResult> ConvertAsync(ConverterContext context) => throw new NotSupportedException("from the converter");
}

public static class BindingSample
{
    [Function("Defaults")]
    public static IResult Defaults(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "defaults/{size?}")] HttpRequest request, string? other, int size = 25) =>
        Results.Text($"{size} {other ?? "null"}");

    [Function("Required")]
    public static IResult Required([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "required/{size?}")] HttpRequest request, int size) =>
        Results.Text($"{size}");

    [Function("Registered")]
    public static IResult Registered([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "registered/{text}")] HttpRequest request, Upper text) =>
        Results.Text(text.Text);

    [Function("Throwing")]
    public static IResult Throwing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [InputConverter(typeof(ThrowingConverter))] string? text) => Results.Ok();

    [Function("Query")]
    public static IResult Query([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, string? name) => Results.Text(name ?? "null");

    [Function("Many")]
    public static IResult Many(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "many/{when}/{amount}/{flag}/{day}")] HttpRequest request,
        DateTimeOffset when,
        decimal amount,
        bool flag,
        DateOnly day) =>
        Results.Text(FormattableString.Invariant($"{when:yyyy-MM-ddTHH:mm:sszzz} {amount} {flag} {day:yyyyMMdd}"));
}

/// <summary>Rules of SEMANTICS 2 about making the parameters.</summary>
public sealed class BindingTests : IAsyncLifetime
{
    private FunctionsTestHost host = null!;

    public async ValueTask InitializeAsync() => host = await FunctionsTestHost.StartAsync(
        builder =>
        {
            builder.ConfigureFunctionsWebApplication();
            builder.Services.Configure<WorkerOptions>(options => options.InputConverters.Register<UpperConverter>());
            builder.UseMiddleware(async (context, next) =>
            {
                try
                {
                    await next();
                }
                catch (Exception e)
                {
                    context.GetInvocationResult().Value = Results.Text($"{e.GetType().Name}: {e.Message}");
                }
            });
        },
        [typeof(BindingSample)]);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Without_a_source_the_declared_default_counts_else_null()
    {
        Assert.Equal("25 null", await host.Client.GetStringAsync("api/defaults"));
        Assert.Equal("7 null", await host.Client.GetStringAsync("api/defaults/7"));
    }

    [Fact]
    public async Task Without_source_and_default_a_value_type_is_an_error() =>
        Assert.StartsWith("FunctionInputConverterException: ", await host.Client.GetStringAsync("api/required"), StringComparison.Ordinal);

    [Fact]
    public async Task A_converter_of_the_apps_own_comes_before_the_built_in_ones() =>
        Assert.Equal("ABC", await host.Client.GetStringAsync("api/registered/abc"));

    [Fact]
    public async Task A_converter_that_throws_propagates_its_own_exception() =>
        Assert.Equal("NotSupportedException: from the converter", await host.Client.GetStringAsync("api/Throwing"));

    [Fact]
    public async Task Query_values_do_not_bind() => Assert.Equal("null", await host.Client.GetStringAsync("api/Query?name=Ana"));

    [Fact]
    public async Task Times_numbers_and_flags_are_read_from_route_values() =>
        Assert.Equal(
            "2026-01-31T10:00:00+00:00 12.50 True 20260131", await host.Client.GetStringAsync("api/many/2026-01-31T10:00:00Z/12.50/true/2026-01-31"));
}
