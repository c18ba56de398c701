using System.Globalization;
using Azure;
using Azure.Core;

namespace Serverless.Emulator.Queues;

/// <summary>One storage queue over REST.</summary>
/// <remarks>
/// A queue is at-least-once and roughly in order. Every failure is a <see cref="RequestFailedException"/>: <c>QueueNotFound</c> 404,
/// <c>MessageNotFound</c> 404 and <c>PopReceiptMismatch</c> 400 (somebody else holds it by now, or it is gone), <c>RequestBodyTooLarge</c> 413.
/// </remarks>
internal sealed class QueueClient
{
    private readonly QueueRest _rest;
    private readonly Uri _endpoint;
    private readonly QueueMessageEncoding _encoding;

    internal QueueClient(QueueRest rest, Uri endpoint, string name, QueueMessageEncoding encoding)
    {
        _rest = rest;
        _endpoint = endpoint;
        _encoding = encoding;
        Name = name;
    }

    /// <summary>The most messages one receive or peek answers.</summary>
    public const int MaxMessages = 32;

    /// <summary>The most bytes of UTF-8 text (after Base64, if used) that a message holds.</summary>
    public const int MaxTextBytes = 64 * 1024;

    /// <summary>The longest a message stays hidden.</summary>
    public static readonly TimeSpan MaxVisibilityTimeout = TimeSpan.FromDays(7);

    public string Name { get; }

    public Uri Uri => new($"{_endpoint.AbsoluteUri.TrimEnd('/')}/{Name}");

    /// <summary>Creates the queue, or leaves the existing one as it is, its metadata too.</summary>
    /// <returns>False when it was there.</returns>
    public async Task<bool> CreateIfNotExistsAsync(IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Put, _endpoint, Name, null);
        foreach (var (name, value) in metadata ?? new Dictionary<string, string>())
            message.Request.Headers.SetValue($"x-ms-meta-{name}", value);
        var response = await _rest.SendAsync(message, cancellationToken, 201, 204, 409).ConfigureAwait(false);
        // 409 QueueBeingDeleted is no "exists".
        if (response.Status == 409 && !(response.Headers.TryGetValue("x-ms-error-code", out var code) && code == "QueueAlreadyExists"))
            throw new RequestFailedException(response);
        return response.Status == 201;
    }

    /// <returns>False when it was not there.</returns>
    public async Task<bool> DeleteIfExistsAsync(CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Delete, _endpoint, Name, null);
        return (await _rest.SendAsync(message, cancellationToken, 204, 404).ConfigureAwait(false)).Status == 204;
    }

    public async Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Get, _endpoint, Name, null, ("comp", "metadata"));
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        response.Headers.TryGetValue("x-ms-approximate-messages-count", out var count);
        var metadata = response.Headers.Where(h => h.Name.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Name["x-ms-meta-".Length..], h => h.Value, StringComparer.OrdinalIgnoreCase);
        return new QueueProperties(int.Parse(count ?? "0", CultureInfo.InvariantCulture), metadata);
    }

    public async Task SetMetadataAsync(IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Put, _endpoint, Name, null, ("comp", "metadata"));
        foreach (var (name, value) in metadata)
            message.Request.Headers.SetValue($"x-ms-meta-{name}", value);
        await _rest.SendAsync(message, cancellationToken, 204).ConfigureAwait(false);
    }

    public Task<SentQueueMessage> SendMessageAsync(
        string body, TimeSpan? visibilityTimeout = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default) =>
        SendMessageAsync(BinaryData.FromString(body), visibilityTimeout, timeToLive, cancellationToken);

    /// <param name="visibilityTimeout">Hidden that long; whole seconds, 0 to 7 days, shorter than the time to live.</param>
    /// <param name="timeToLive">At least a second; null or <see cref="Timeout.InfiniteTimeSpan"/> keeps it for ever (the service's own default is 7 days).</param>
    public async Task<SentQueueMessage> SendMessageAsync(
        BinaryData body, TimeSpan? visibilityTimeout = null, TimeSpan? timeToLive = null, CancellationToken cancellationToken = default)
    {
        using var content = RequestContent.Create(QueueXml.WriteMessage(body, _encoding));
        using var message = _rest.Create(RequestMethod.Post, _endpoint, $"{Name}/messages", content,
            ("visibilitytimeout", Seconds(visibilityTimeout)),
            ("messagettl", timeToLive is null || timeToLive == Timeout.InfiniteTimeSpan ? "-1" : Seconds(timeToLive)));
        var response = await _rest.SendAsync(message, cancellationToken, 201).ConfigureAwait(false);
        return QueueXml.ReadSent(response.Content)[0];
    }

    /// <param name="maxMessages">1 to 32.</param>
    /// <param name="visibilityTimeout">1 second to 7 days; 30 seconds if null.</param>
    /// <returns>Empty when nothing is visible: the service never waits.</returns>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveMessagesAsync(
        int maxMessages = 1, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Get, _endpoint, $"{Name}/messages", null,
            ("numofmessages", maxMessages.ToString(CultureInfo.InvariantCulture)), ("visibilitytimeout", Seconds(visibilityTimeout)));
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return QueueXml.ReadReceived(response.Content, _encoding);
    }

    /// <param name="maxMessages">1 to 32, from the front.</param>
    public async Task<IReadOnlyList<PeekedQueueMessage>> PeekMessagesAsync(int maxMessages = 1, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Get, _endpoint, $"{Name}/messages", null,
            ("peekonly", "true"), ("numofmessages", maxMessages.ToString(CultureInfo.InvariantCulture)));
        var response = await _rest.SendAsync(message, cancellationToken, 200).ConfigureAwait(false);
        return QueueXml.ReadPeeked(response.Content, _encoding);
    }

    /// <summary>Hides the message for the given time from now on (zero shows it at once) and, if a body is given, replaces its text.</summary>
    public async Task<QueueUpdateReceipt> UpdateMessageAsync(
        string messageId, string popReceipt, TimeSpan visibilityTimeout, BinaryData? body = null, CancellationToken cancellationToken = default)
    {
        using var content = body is null ? null : RequestContent.Create(QueueXml.WriteMessage(body, _encoding));
        using var message = _rest.Create(RequestMethod.Put, _endpoint, $"{Name}/messages/{Uri.EscapeDataString(messageId)}", content,
            ("popreceipt", popReceipt), ("visibilitytimeout", Seconds(visibilityTimeout)));
        var response = await _rest.SendAsync(message, cancellationToken, 204).ConfigureAwait(false);
        response.Headers.TryGetValue("x-ms-popreceipt", out var receipt);
        response.Headers.TryGetValue("x-ms-time-next-visible", out var visible);
        return new QueueUpdateReceipt(receipt!, DateTimeOffset.Parse(visible!, CultureInfo.InvariantCulture));
    }

    public async Task DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(
            RequestMethod.Delete, _endpoint, $"{Name}/messages/{Uri.EscapeDataString(messageId)}", null, ("popreceipt", popReceipt));
        await _rest.SendAsync(message, cancellationToken, 204).ConfigureAwait(false);
    }

    public async Task ClearMessagesAsync(CancellationToken cancellationToken = default)
    {
        using var message = _rest.Create(RequestMethod.Delete, _endpoint, $"{Name}/messages", null);
        await _rest.SendAsync(message, cancellationToken, 204).ConfigureAwait(false);
    }

    // Rounded up: a lock or a delay is never shorter than asked for.
    private static string? Seconds(TimeSpan? time) => time is { } t ? ((long)Math.Ceiling(t.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null;
}
