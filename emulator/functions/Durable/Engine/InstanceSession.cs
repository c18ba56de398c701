using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>One instance in memory: a mailbox, and never more than one step at a time.</summary>
internal sealed class InstanceSession(string instanceId, DurableEngine engine)
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(5);

    private readonly Lock sync = new();
    private readonly HashSet<(RunId Run, int DecisionId)> working = [];
    private List<Inbound> mailbox = [];
    private bool isRunning;
    private bool isClosed;
    private bool wasCloseRefused;
    private int pins;

    public string InstanceId => instanceId;

    public bool IsClosed
    {
        get
        {
            lock (sync)
                return isClosed;
        }
    }

    /// <summary>As last read or stored by this process; null when not known.</summary>
    public InstanceRow? Row { get; set; }

    public SessionState? State { get; set; }

    public DateTimeOffset LastUsed { get; private set; } = TimeProvider.System.GetUtcNow();

    /// <returns>False when the session has been closed: post to a new one.</returns>
    public bool TryPost(Inbound inbound)
    {
        lock (sync)
        {
            if (isClosed)
                return false;

            mailbox.Add(inbound);
            if (isRunning)
                return true;

            isRunning = true;
            engine.Busy.Enter();
        }

        ThreadPool.UnsafeQueueUserWorkItem(static session => _ = session.RunAsync(), this, preferLocal: false);
        return true;
    }

    /// <summary>Keeps the session open while something outside of its steps counts on it.</summary>
    public bool TryPin()
    {
        lock (sync)
        {
            if (isClosed)
                return false;
            pins++;
            return true;
        }
    }

    /// <returns>True when it could not be closed because of the pin.</returns>
    public bool Unpin()
    {
        lock (sync)
        {
            var wasRefused = wasCloseRefused;
            wasCloseRefused = false;
            pins--;
            return wasRefused;
        }
    }

    /// <summary>Closes it for good if nobody needs it.</summary>
    /// <param name="release">Run while nobody can post here or elsewhere for this instance.</param>
    public bool TryClose(Action release)
    {
        lock (sync)
        {
            wasCloseRefused |= pins > 0;
            if (isClosed || pins > 0 || mailbox.Count > 0 || working.Count > 0)
                return false;

            release();
            return isClosed = true;
        }
    }

    /// <returns>False when that work is under way already.</returns>
    public bool TryBeginWork(RunId run, int decisionId)
    {
        lock (sync)
            return working.Add((run, decisionId));
    }

    public void EndWork(RunId run, int decisionId)
    {
        lock (sync)
            working.Remove((run, decisionId));
    }

    private async Task RunAsync()
    {
        List<Inbound> undone = [];
        var failures = 0;
        while (true)
        {
            lock (sync)
            {
                if (engine.IsStopped || (mailbox.Count == 0 && undone.Count == 0))
                {
                    isRunning = false;
                    engine.Busy.Leave();
                    return;
                }

                undone.AddRange(mailbox);
                mailbox = [];
                LastUsed = TimeProvider.System.GetUtcNow();
            }

            try
            {
                await engine.Steps.RunAsync(this, undone);
                failures = 0;
            }
            catch (Exception e) when (!engine.IsStopped)
            {
                // Whatever happened, storage tells how far it got. What only memory holds stays in 'undone'.
                State = null;
                Row = null;
                failures++;
                if (undone.Count == 0)
                    undone.Add(new Inbound.Wake());
                if (e is not LostRaceException || failures > 3)
                    engine.Logger.LogWarning(e, "A step of instance '{InstanceId}' failed; it is tried again from storage", instanceId);
                await Task.Delay(Backoff(failures), CancellationToken.None);
            }
            catch (Exception)
            {
                // The engine was stopped under the step; the next process goes on from storage.
            }
        }
    }

    private static TimeSpan Backoff(int failures)
    {
        var delay = TimeSpan.FromMilliseconds(20 * Math.Pow(2, Math.Min(failures, 10)));
        return delay < LongestBackoff ? delay : LongestBackoff;
    }
}
