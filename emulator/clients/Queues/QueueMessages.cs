namespace Serverless.Emulator.Queues;

/// <summary>A message just put. The pop receipt allows to update or delete it before anyone received it.</summary>
internal sealed record SentQueueMessage(string MessageId, string PopReceipt, DateTimeOffset InsertedOn, DateTimeOffset ExpiresOn, DateTimeOffset NextVisibleOn);

/// <summary>A message received: hidden from others until <see cref="NextVisibleOn"/> (whole seconds).</summary>
/// <param name="PopReceipt">Proof of holding it; changes with every receive and update.</param>
/// <param name="DequeueCount">1 the first time.</param>
internal sealed record QueueMessage(
    string MessageId, string PopReceipt, BinaryData Body, long DequeueCount, DateTimeOffset InsertedOn, DateTimeOffset ExpiresOn, DateTimeOffset NextVisibleOn);

/// <summary>A visible message looked at without hiding it.</summary>
internal sealed record PeekedQueueMessage(string MessageId, BinaryData Body, long DequeueCount, DateTimeOffset InsertedOn, DateTimeOffset ExpiresOn);

/// <summary>A new pop receipt after an update.</summary>
internal sealed record QueueUpdateReceipt(string PopReceipt, DateTimeOffset NextVisibleOn);

/// <param name="ApproximateMessageCount">Visible and hidden messages together.</param>
internal sealed record QueueProperties(int ApproximateMessageCount, IReadOnlyDictionary<string, string> Metadata);

internal sealed record QueueItem(string Name, IReadOnlyDictionary<string, string> Metadata);
