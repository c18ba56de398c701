namespace Serverless.Sandbox.Gateways;

/// <summary>Everything customers received, across the gateways. Kept in memory, the newest <see cref="Remembered"/>.</summary>
internal sealed class Inbox
{
    public const int Remembered = 5_000;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<(string Channel, string Id), ReceivedMessage> messages = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version;
    private long emptiedAt;

    /// <summary>Delivers a message once, however often it is sent.</summary>
    public void Receive(string channel, Message message, DateTimeOffset now)
    {
        lock (gate)
        {
            var key = (channel, message.Id);
            version++;
            if (messages.TryGetValue(key, out var known))
            {
                messages[key] = known with
                {
                    Version = version,
                    TimesSent = known.TimesSent + 1,
                    Differed = known.Differed || known.Message != message,
                };
            }
            else
            {
                messages.Add(key, new ReceivedMessage(channel, message, now, version, TimesSent: 1, Differed: false));
                if (messages.Count > Remembered)
                {
                    messages.RemoveAt(0);
                }
            }

            Signal();
        }
    }

    public ReceivedMessage? Find(string channel, string id)
    {
        lock (gate)
        {
            return messages.TryGetValue((channel, id), out var known) ? known : null;
        }
    }

    public bool Knows(string channel, string id)
    {
        lock (gate)
        {
            return messages.ContainsKey((channel, id));
        }
    }

    /// <summary>Newest first, with the version of what is shown.</summary>
    public (IReadOnlyList<ReceivedMessage> Messages, long Version) Show(InboxFilter filter, int atMost = int.MaxValue)
    {
        lock (gate)
        {
            return ([.. messages.Values.Reverse().Where(filter.Shows).Take(atMost)], version);
        }
    }

    /// <summary>What changed since a version, oldest change first; waits when nothing did.</summary>
    /// <returns>WasEmptied: forget everything and look again.</returns>
    public async Task<(IReadOnlyList<ReceivedMessage> Messages, long Version, bool WasEmptied)> ChangesAsync(long since, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                // A version of the future is one of a sandbox that has been started anew meanwhile.
                if (since < emptiedAt || since > version)
                {
                    return ([], version, true);
                }

                if (since < version)
                {
                    return ([.. messages.Values.Where(message => message.Version > since).OrderBy(message => message.Version)], version, false);
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellation);
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            messages.Clear();
            emptiedAt = ++version;
            Signal();
        }
    }

    private void Signal()
    {
        changed.SetResult();
        changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
