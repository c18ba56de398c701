namespace Serverless.Sandbox.Interbank;

/// <summary>The network's books: every message of the bank, and what became of it. Every method is one step under one lock.</summary>
internal sealed class InterbankNetwork
{
    public const string Id = "interbank";

    /// <summary>For one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBpbnRlcmJhbmsuLi4uLi4uLi4=";

    private readonly Lock gate = new();
    private OrderedDictionary<string, NetworkMessage> messages = new(StringComparer.Ordinal);
    private int lastId;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NetworkMessage> All()
    {
        lock (gate)
        {
            return [.. messages.Values];
        }
    }

    public NetworkMessage? Find(string messageId)
    {
        lock (gate)
        {
            return messages.GetValueOrDefault(messageId);
        }
    }

    /// <summary>Takes a message once, however often it is sent.</summary>
    /// <returns>Null when the id was used for another message.</returns>
    public (NetworkMessage Message, bool IsNew)? Take(NetworkMessage message)
    {
        lock (gate)
        {
            if (!messages.TryGetValue(message.MessageId, out var known))
            {
                messages.Add(message.MessageId, message);
                return (message, true);
            }

            if (known.Xml != message.Xml)
            {
                return null;
            }

            return (messages[message.MessageId] = known with { TimesSent = known.TimesSent + 1 }, false);
        }
    }

    /// <returns>The message as it is now; null when its state does not allow that.</returns>
    public NetworkMessage? Become(string messageId, NetworkStatus status, string? reason)
    {
        lock (gate)
        {
            return messages.TryGetValue(messageId, out var message) && (message.Status, status) is
                (NetworkStatus.Received, _) or (NetworkStatus.Settled, NetworkStatus.Returned) or (NetworkStatus.Returned, NetworkStatus.Settled)
                ? messages[messageId] = message with { Status = message.Status == NetworkStatus.Returned ? message.Status : status, Reason = reason ?? message.Reason }
                : null;
        }
    }

    public string NextId(string prefix)
    {
        lock (gate)
        {
            return FormattableString.Invariant($"{prefix}{++lastId:D8}");
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            messages = new(StringComparer.Ordinal);
        }
    }
}
