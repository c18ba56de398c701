using System.Text.Json;
using Azure;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Remembers where scheduled messages are hidden, so that they can be cancelled, and brought forward when the clock moves.</summary>
/// <remarks>
/// One blob per scheduled message: <c>scheduled/{queue or topic}/{sequence number}</c>, with one copy per subscription. It goes when the message
/// is delivered or cancelled. The storage queue hides the message itself, so nothing is lost without the blob.
/// </remarks>
internal sealed class ScheduledMessages(LocalNamespace @namespace, BrokerBlobs blobs)
{
    public Task RememberAsync(string entity, long sequence, DateTimeOffset due, IReadOnlyList<HiddenCopy> copies, CancellationToken cancellationToken) =>
        blobs.WriteAsync(Name(entity, sequence), Write(new Entry(due, copies)), null, cancellationToken);

    public Task ForgetAsync(string entity, long sequence, CancellationToken cancellationToken) => blobs.DeleteAsync(Name(entity, sequence), cancellationToken);

    /// <exception cref="ServiceBusException">MessageNotFound: never scheduled, cancelled before, or delivered.</exception>
    public async Task CancelAsync(string entity, long sequence, CancellationToken cancellationToken)
    {
        var cancelled = false;
        if (await blobs.ReadAsync(Name(entity, sequence), cancellationToken).ConfigureAwait(false) is { } stored)
        {
            foreach (var copy in Read(stored.Content).Copies)
                cancelled |= await TryAsync(() => @namespace.Queue(copy.Path).Storage.DeleteMessageAsync(copy.MessageId, copy.PopReceipt, cancellationToken)).ConfigureAwait(false);
            await ForgetAsync(entity, sequence, cancellationToken).ConfigureAwait(false);
        }

        if (!cancelled)
        {
            throw new ServiceBusException(
                $"There is no scheduled message with the sequence number {sequence}.", ServiceBusFailureReason.MessageNotFound, entity);
        }
    }

    /// <summary>A receiver found it too early and hid it again.</summary>
    public async Task MovedAsync(string entity, long sequence, HiddenCopy moved, CancellationToken cancellationToken)
    {
        while (await blobs.ReadAsync(Name(entity, sequence), cancellationToken).ConfigureAwait(false) is { } stored)
        {
            var entry = Read(stored.Content);
            List<HiddenCopy> copies = [.. entry.Copies.Select(c => c.MessageId == moved.MessageId ? moved : c)];
            if (await blobs.WriteAsync(Name(entity, sequence), Write(entry with { Copies = copies }), stored.ETag, cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Hides every scheduled message for the time that is left on the app's clock; what is due appears.</summary>
    public async Task RetimeAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await blobs.ListAsync("scheduled/", cancellationToken).ConfigureAwait(false))
        {
            if (await blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false) is not { } stored)
                continue;
            var entry = Read(stored.Content);
            var hidden = LocalQueue.HiddenFor(entry.Due - @namespace.Clock.GetUtcNow());
            var copies = new List<HiddenCopy>();
            foreach (var copy in entry.Copies)
            {
                var receipt = copy.PopReceipt;
                // One that a receiver has in its hands is left to it.
                await TryAsync(async () => receipt = (await @namespace.Queue(copy.Path).Storage.UpdateMessageAsync(
                    copy.MessageId, copy.PopReceipt, hidden, null, cancellationToken).ConfigureAwait(false)).PopReceipt).ConfigureAwait(false);
                copies.Add(copy with { PopReceipt = receipt });
                if (hidden == TimeSpan.Zero)
                    @namespace.Queue(copy.Path).Signal.Raise();
            }

            await blobs.WriteAsync(name, Write(entry with { Copies = copies }), stored.ETag, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException gone) when (gone.ErrorCode is "MessageNotFound" or "PopReceiptMismatch" or "QueueNotFound")
        {
            return false;
        }
    }

    private static string Name(string entity, long sequence) => $"scheduled/{entity.ToLowerInvariant()}/{sequence}";

    private static BinaryData Write(Entry entry) => BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(entry));

    private static Entry Read(BinaryData json) => JsonSerializer.Deserialize<Entry>(json)!;

    private sealed record Entry(DateTimeOffset Due, IReadOnlyList<HiddenCopy> Copies);
}

/// <summary>One hidden storage queue message, and what changes it.</summary>
internal sealed record HiddenCopy(string Path, string MessageId, string PopReceipt);
