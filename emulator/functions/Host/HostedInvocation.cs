using System.Collections;
using System.Diagnostics;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Serverless.Emulator.Hosting;

/// <summary>The context of one run.</summary>
internal sealed class HostedInvocation(
    HostedFunction function, InvocationRequest request, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    private HttpRequestData? requestData;

    public HostedFunction Function => function;

    public InvocationRequest Request => request;

    /// <summary>The request, when HTTP triggered the run; middleware sees it only in the ASP.NET Core mode.</summary>
    public HttpContext? HttpContext { get; set; }

    /// <summary>What the function returned, or what middleware put in its place.</summary>
    public object? Result { get; set; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext { get; } = new HostedTraceContext();

    public override BindingContext BindingContext { get; } = new HostedBindingContext(request.Metadata);

    public override RetryContext RetryContext { get; } = new HostedRetryContext(request.RetryCount, request.MaxRetryCount);

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new HostedFeatures();

    public override CancellationToken CancellationToken => cancellation;

    public HttpRequestData? RequestData() =>
        HttpContext is null ? null : requestData ??= new HostedRequestData(this, HttpContext);
}

internal static class FunctionContextAccess
{
    /// <summary>The host's own context behind one that middleware or a test may have wrapped.</summary>
    public static HostedInvocation Invocation(this FunctionContext context) =>
        context as HostedInvocation
        ?? throw new InvalidOperationException($"{context.GetType()} was not made by the host.");

    public static ObjectSerializer Serializer(this FunctionContext context) =>
        context.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer;
}

internal sealed class HostedTraceContext : TraceContext
{
    private readonly Activity? activity = Activity.Current;

    public override string TraceParent => activity?.Id ?? string.Empty;

    public override string TraceState => activity?.TraceStateString ?? string.Empty;
}

internal sealed class HostedBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData => data;
}

internal sealed class HostedRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    public override int RetryCount => retryCount;

    public override int MaxRetryCount => maxRetryCount;
}

internal sealed class HostedFeatures : IInvocationFeatures
{
    private readonly Dictionary<Type, object> features = [];

    public void Set<T>(T instance)
    {
        if (instance is null)
            features.Remove(typeof(T));
        else
            features[typeof(T)] = instance;
    }

    public T? Get<T>() => features.TryGetValue(typeof(T), out var found) ? (T)found : default;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal sealed class HostedInvocationResult(HostedInvocation invocation) : InvocationResult
{
    public override object? Value
    {
        get => invocation.Result;
        set => invocation.Result = value;
    }
}

internal sealed class HostedInvocationResult<T>(HostedInvocation invocation) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)invocation.Result;
        set => invocation.Result = value;
    }
}
