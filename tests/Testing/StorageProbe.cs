using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Serverless.Banking;

namespace Serverless.Testing;

/// <summary>Sits in the storage client's pipeline, or before tables in memory: counts the calls, and breaks them.</summary>
/// <remarks>Each retry of the client passes it again. Add it with <c>TableClientOptions.AddPolicy(probe, HttpPipelinePosition.PerRetry)</c>.</remarks>
public sealed class StorageProbe : HttpPipelinePolicy
{
    /// <summary>As the storage client has it by default: the first and three retries.</summary>
    private const int TriesAtMost = 4;

    private readonly ConcurrentQueue<string> calls = new();
    private readonly Lock gate = new();
    private int killAt;
    private KillMoment killMoment;
    private int counted;
    private volatile bool isDead;
    private volatile Func<StorageCall, StorageFault>? faults;
    private volatile StoragePause? pause;

    /// <summary>Method and table or batch of each call since the last <see cref="Reset"/>, in order.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>Whether the armed kill has happened: from then on no call gets through.</summary>
    public bool IsDead => isDead;

    /// <summary>Forgets calls, kills and faults.</summary>
    public void Reset()
    {
        lock (gate)
        {
            (killAt, counted, isDead, faults, pause) = (0, 0, false, null, null);
            calls.Clear();
        }
    }

    /// <summary>The process dies at its n-th call from now, before or after the call takes effect.</summary>
    /// <param name="call">1 for the next call.</param>
    public void KillAt(int call, KillMoment moment)
    {
        Reset();
        lock (gate)
        {
            (killAt, killMoment) = (call, moment);
        }
    }

    /// <summary>The n-th call from now waits before it is sent.</summary>
    /// <param name="call">1 for the next call.</param>
    /// <remarks>With tables in memory the caller's thread waits: act on another one.</remarks>
    public StoragePause PauseAt(int call)
    {
        Reset();
        return pause = new StoragePause(call);
    }

    /// <summary>The process dies now.</summary>
    public void Die() => isDead = true;

    /// <summary>Asked for every call what goes wrong with it.</summary>
    public void Break(Func<StorageCall, StorageFault> decide) => faults = decide;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var (kill, call) = Enter(message);
        if (kill == KillMoment.Before)
        {
            throw new ProcessKilledException();
        }

        if (pause is { } here && here.Call == call.Number)
        {
            await here.WaitAsync();
            DieIf(kill: null);
        }

        var fault = faults?.Invoke(call) ?? StorageFault.None;
        switch (fault)
        {
            case StorageFault.ConnectionLostBefore:
                throw new IOException("The connection broke before the request was sent.");
            case StorageFault.InternalError or StorageFault.ServerBusy:
                message.Response = new FaultResponse(fault == StorageFault.InternalError ? 500 : 503, message.Request.ClientRequestId);
                return;
        }

        await ProcessNextAsync(message, pipeline);
        if (kill == KillMoment.After || isDead)
        {
            isDead = true;
            throw new ProcessKilledException();
        }

        if (fault == StorageFault.AnswerLost)
        {
            throw new IOException("The connection broke before the answer came.");
        }
    }

    /// <summary>A call of tables in memory, with the same kills and faults as one over the wire, the client's retries included.</summary>
    internal T Pass<T>(string method, string target, Func<T> effect)
    {
        var lost = new List<Exception>();
        while (true)
        {
            var (kill, call) = Enter(method, target);
            if (kill == KillMoment.Before)
            {
                throw new ProcessKilledException();
            }

            if (pause is { } here && here.Call == call.Number)
            {
                here.WaitAsync().GetAwaiter().GetResult();
                DieIf(kill: null);
            }

            switch (faults?.Invoke(call) ?? StorageFault.None)
            {
                case StorageFault.ConnectionLostBefore:
                    lost.Add(new IOException("The connection broke before the request was sent."));
                    break;
                case StorageFault.InternalError:
                    lost.Add(new RequestFailedException(500, "Broken on purpose"));
                    break;
                case StorageFault.ServerBusy:
                    lost.Add(new RequestFailedException(503, "Broken on purpose"));
                    break;
                case StorageFault.AnswerLost:
                    Settle(kill, () => Ignore(effect));
                    lost.Add(new IOException("The connection broke before the answer came."));
                    break;
                default:
                    return Settle(kill, effect);
            }

            if (lost.Count == TriesAtMost)
            {
                throw lost[^1] is RequestFailedException answered ? answered : new AggregateException(lost);
            }
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The bank calls storage asynchronously.");

    private static Nothing Ignore<T>(Func<T> effect)
    {
        try
        {
            effect();
        }
        catch (RequestFailedException)
        {
            // The refusal is lost like any answer.
        }

        return default;
    }

    /// <summary>Whatever the service answered, a killed process does not hear it.</summary>
    private T Settle<T>(KillMoment? kill, Func<T> effect)
    {
        try
        {
            var answer = effect();
            DieIf(kill);
            return answer;
        }
        catch (RequestFailedException)
        {
            DieIf(kill);
            throw;
        }
    }

    private void DieIf(KillMoment? kill)
    {
        if (kill == KillMoment.After || isDead)
        {
            isDead = true;
            throw new ProcessKilledException();
        }
    }

    private (KillMoment? Kill, StorageCall Call) Enter(HttpMessage message)
    {
        var path = message.Request.Uri.Path ?? "";
        return Enter(message.Request.Method.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "");
    }

    private (KillMoment? Kill, StorageCall Call) Enter(string method, string target)
    {
        lock (gate)
        {
            if (isDead)
            {
                throw new ProcessKilledException();
            }

            counted++;
            var call = new StorageCall(counted, method, target);
            calls.Enqueue($"{call.Method} {call.Target}");
            if (counted != killAt)
            {
                return (null, call);
            }

            // The others of the moment die with it, except those the service has already.
            isDead = killMoment == KillMoment.Before;
            return (killMoment, call);
        }
    }

    private sealed class FaultResponse(int status, string clientRequestId) : Azure.Response
    {
        public override int Status => status;

        public override bool IsError => true;

        public override string ReasonPhrase => "Broken on purpose";

        public override Stream? ContentStream { get; set; } = new MemoryStream();

        public override string ClientRequestId { get; set; } = clientRequestId;

        public override void Dispose()
        {
        }

        protected override bool ContainsHeader(string name) => false;

        protected override IEnumerable<HttpHeader> EnumerateHeaders() => [];

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = null;
            return false;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = null;
            return false;
        }
    }
}

/// <param name="Number">1 for the first call since the last reset.</param>
/// <param name="Target">The last segment of the path: <c>$batch</c>, or the table with or without keys.</param>
public sealed record StorageCall(int Number, string Method, string Target);

/// <summary>A process that stands still before one of its storage calls, while others go on.</summary>
public sealed class StoragePause(int call)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the process has come there; never when it makes fewer calls.</summary>
    public Task Reached => reached.Task;

    internal int Call => call;

    public void End() => over.TrySetResult();

    internal Task WaitAsync()
    {
        reached.TrySetResult();
        return over.Task;
    }
}

public enum KillMoment
{
    /// <summary>The call is never sent.</summary>
    Before,

    /// <summary>The call takes effect and its answer reaches nobody.</summary>
    After,
}

public enum StorageFault
{
    None,

    /// <summary>500, nothing done.</summary>
    InternalError,

    /// <summary>503, nothing done.</summary>
    ServerBusy,

    /// <summary>The request never arrives.</summary>
    ConnectionLostBefore,

    /// <summary>The request takes effect and its answer is lost: a time-out after commit.</summary>
    AnswerLost,
}

/// <summary>What a call of a killed process meets.</summary>
public sealed class ProcessKilledException() : Exception("The process is killed.");
