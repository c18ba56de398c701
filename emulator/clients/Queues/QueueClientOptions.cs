using Azure.Core;

namespace Serverless.Emulator.Queues;

/// <summary>Pipeline options of the queue client: retries, transport and policies as in every Azure client.</summary>
internal sealed class QueueClientOptions : ClientOptions
{
    /// <summary>Plain text by default; Base64 is what the queue trigger of Functions expects by default.</summary>
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.None;
}

/// <summary>How a body becomes the text of a queue message, which must be valid XML text of at most 64 KiB.</summary>
internal enum QueueMessageEncoding
{
    /// <summary>The body is text and goes as it is.</summary>
    None,
    Base64,
}
