using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Serverless.Emulator.Hosting;

namespace Serverless.Emulator.Tests.Functions;

public static class Misconfigured
{
    public static class SameName
    {
        [Function("Twin")]
        public static void One([TimerTrigger("0 0 1 * * *")] TimerInfo timer)
        {
        }

        [Function("twin")]
        public static void Two([TimerTrigger("0 0 1 * * *")] TimerInfo timer)
        {
        }
    }

    public static class SameRoute
    {
        [Function("First")]
        public static IResult First([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request) => Results.Ok();

        [Function("Second")]
        public static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, "post", "get", Route = "Things/{other}")] HttpRequest request) => Results.Ok();
    }

    public static class BadRoute
    {
        [Function("Route")]
        public static IResult Route([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:unknown}")] HttpRequest request) => Results.Ok();
    }

    public static class NotPublic
    {
        [Function("Hidden")]
        internal static void Hidden([TimerTrigger("0 0 1 * * *")] TimerInfo timer)
        {
        }
    }

    public static class BadCron
    {
        [Function("Cron")]
        public static void Cron([TimerTrigger("every day")] TimerInfo timer)
        {
        }
    }

    public static class MissingSetting
    {
        [Function("Setting")]
        public static void Setting([TimerTrigger("%NoSuchSchedule%")] TimerInfo timer)
        {
        }
    }

    public static class MissingConnection
    {
        [Function("Connection")]
        public static void Connection([ServiceBusTrigger("q", Connection = "NoSuchBus")] string body)
        {
        }
    }

    public static class NoTrigger
    {
        [Function("Idle")]
        public static void Idle(string body)
        {
        }
    }

    public static class TwoTriggers
    {
        [Function("Both")]
        public static void Both([TimerTrigger("0 0 1 * * *")] TimerInfo timer, [QueueTrigger("q")] string body)
        {
        }
    }

    public static class RetryOnHttp
    {
        [Function("Retried")]
        [FixedDelayRetry(3, "00:00:01")]
        public static IResult Retried([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
    }

    public static class UnknownBinding
    {
        [Function("Odd")]
        public static void Odd([OddTrigger] string body)
        {
        }
    }

    public static class BatchWithoutList
    {
        [Function("Batch")]
        public static void Batch([ServiceBusTrigger("q", Connection = "ServiceBus", IsBatched = true)] ServiceBusReceivedMessage message)
        {
        }
    }

    public static class AsyncVoid
    {
        [Function("Lost")]
        public static async void Lost([TimerTrigger("0 0 1 * * *")] TimerInfo timer) => await Task.Yield();
    }

    public sealed class OutputsWithoutAnswer
    {
        [ServiceBusOutput("q", Connection = "ServiceBus")]
        public string? Message { get; init; }
    }

    public static class NoHttpResult
    {
        [Function("Silent")]
        public static OutputsWithoutAnswer Silent([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new();
    }
}

[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OddTriggerAttribute : TriggerBindingAttribute;

/// <summary>A misconfigured function stops the start with one message that names it (SEMANTICS 3).</summary>
public sealed class MisconfigurationTests
{
    [Theory]
    [InlineData(typeof(Misconfigured.SameName), "Twin", "the name is used by")]
    [InlineData(typeof(Misconfigured.SameRoute), "Second", "for GET is already that of function 'First'")]
    [InlineData(typeof(Misconfigured.BadRoute), "Route", "the route 'things/{id:unknown}' is not valid")]
    [InlineData(typeof(Misconfigured.NotPublic), "Hidden", "must be public")]
    [InlineData(typeof(Misconfigured.BadCron), "Cron", "the schedule 'every day' is neither")]
    [InlineData(typeof(Misconfigured.MissingSetting), "Setting", "the setting 'NoSuchSchedule' that it names is missing")]
    [InlineData(typeof(Misconfigured.MissingConnection), "Connection", "the connection setting 'NoSuchBus' is missing")]
    [InlineData(typeof(Misconfigured.NoTrigger), "Idle", "has no parameter with a trigger attribute")]
    [InlineData(typeof(Misconfigured.TwoTriggers), "Both", "it has 2 triggers (timer, body)")]
    [InlineData(typeof(Misconfigured.RetryOnHttp), "Retried", "a retry attribute is not allowed with [HttpTrigger]")]
    [InlineData(typeof(Misconfigured.UnknownBinding), "Odd", "no extension runs the trigger [OddTrigger]")]
    [InlineData(typeof(Misconfigured.BatchWithoutList), "Batch", "IsBatched needs a parameter that holds several messages")]
    [InlineData(typeof(Misconfigured.AsyncVoid), "Lost", "is async void")]
    [InlineData(typeof(Misconfigured.NoHttpResult), "Silent", "has 0 properties with [HttpResult]")]
    public async Task A_misconfigured_function_stops_the_start_and_is_named(Type functions, string name, string fault)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var refused = await Assert.ThrowsAsync<FunctionMisconfiguredException>(() => FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication(), [functions], options => options.Storage = azurite.ConnectionString));
        Assert.StartsWith($"Function '{name}': ", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(fault, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"version\": \"1.0\" }", "host.json: 'version' must be \"2.0\"")]
    [InlineData("{ \"version\": ", "host.json: ")]
    [InlineData("{ \"version\": \"2.0\", \"functionTimeout\": \"soon\" }", "host.json: 'functionTimeout' is 'soon', but must be a time")]
    public async Task A_faulty_host_json_stops_the_start(string hostJson, string fault)
    {
        var refused = await Assert.ThrowsAsync<FunctionMisconfiguredException>(() => FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication(), [typeof(MiddlewareSample)], options => options.HostJson = hostJson));
        Assert.StartsWith(fault, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HttpRequest_without_ConfigureFunctionsWebApplication_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<FunctionMisconfiguredException>(() => FunctionsTestHost.StartAsync(_ => { }, [typeof(MiddlewareSample)]));
        Assert.Contains("ConfigureFunctionsWebApplication", refused.Message, StringComparison.Ordinal);
    }
}
