using System.Diagnostics;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Serverless.Banking.Partners;

/// <summary>What stands between the bank and a partner's bad day.</summary>
/// <remarks>
/// From the outside in: the time one call may take, retries with jitter where the call may be repeated, the circuit breaker, the time
/// one try may take. Network time is real time, whatever the bank's clock says.
/// </remarks>
internal sealed class PartnerResilience : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<bool> MayRepeat = new("Partner.MayRepeat");

    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;

    public PartnerResilience(string partner, PartnerEndpoint endpoint)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { Name = partner };
        builder.AddTimeout(endpoint.TotalTimeout);
        if (endpoint.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = endpoint.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = endpoint.RetryDelay,
                ShouldHandle = outcome => ValueTask.FromResult(
                    outcome.Context.Properties.GetValue(MayRepeat, false) && IsTransient(outcome.Outcome)),
                OnRetry = retry =>
                {
                    retry.Outcome.Result?.Dispose();
                    return ValueTask.CompletedTask;
                },
            });
        }

        builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = endpoint.BreakDuration,
            ShouldHandle = outcome => ValueTask.FromResult(IsTransient(outcome.Outcome)),
        });
        builder.AddTimeout(endpoint.TryTimeout);
        pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // The contract asks for a traceparent on every call; without a surrounding trace the call starts one.
        using var trace = Activity.Current is null ? new Activity("Partner.Call").SetIdFormat(ActivityIdFormat.W3C).Start() : null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(MayRepeat, request.Method == HttpMethod.Get || (request.Options.TryGetValue(PartnerHttp.Repeatable, out var set) && set));
        try
        {
            return await pipeline.ExecuteAsync(
                static async (context, state) => await state.Self.TryAsync(state.Request, context.CancellationToken),
                context,
                (Self: this, Request: request));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>The body is read inside the try, so that a connection that breaks half way counts as a failed try too.</summary>
    private async Task<HttpResponseMessage> TryAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var response = await base.SendAsync(request, cancellation);
        try
        {
            await response.Content.LoadIntoBufferAsync(cancellation);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or IOException or TimeoutRejectedException } => true,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests } => true,
        _ => false,
    };
}

public static class PartnerFailures
{
    /// <summary>The partner gave no answer: broken connection, time-out, or not called because the circuit breaker is open.</summary>
    /// <remarks>It says nothing about what the partner did. Our own caller's cancellation is not among them.</remarks>
    public static bool IsFailure(Exception exception) =>
        exception is HttpRequestException or IOException or TimeoutRejectedException or BrokenCircuitException;
}
