using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>Hands one notice of the outbox to its gateway, in the customer's language.</summary>
/// <remarks>
/// Safe to run twice and at the same time: the gateway delivers an id once. While a gateway is out of order the notice stays due, and
/// <see cref="SweepNotices"/> asks again; what is a day old by then stays in the outbox as failed, for staff to see.
/// </remarks>
public sealed class DeliverNotice(NoticeTable outbox, FindContactDetails contacts, MessageGateways gateways, NoticeTexts texts, DownloadDocument documents, TimeProvider time)
{
    /// <summary>Yesterday's reminder is no use to anybody, and an outage of a gateway does not last longer.</summary>
    public static Duration GiveUpAfter { get; } = Duration.FromDays(1);

    public async Task<DeliveryOutcome> RunAsync(NoticeId id, CancellationToken cancellation)
    {
        if (await outbox.FindAsync(id, cancellation) is not { } stored)
        {
            return DeliveryOutcome.Unknown;
        }

        if (stored.State != NoticeState.Due)
        {
            return DeliveryOutcome.AlreadyDone;
        }

        var notice = stored.Notice;
        if (notice.ExpiresAt is { } expiry && expiry <= Instant.FromDateTimeOffset(time.GetUtcNow()))
        {
            await outbox.CloseAsync(stored, NoticeState.Failed, cancellation);
            return DeliveryOutcome.Failed;
        }

        var contact = notice.Customer is { } customer ? await contacts.RunAsync(customer, cancellation) : null;
        if ((notice.Address ?? Address(contact, notice.Channel)) is not { } address)
        {
            await outbox.CloseAsync(stored, NoticeState.Unreachable, cancellation);
            return DeliveryOutcome.Unreachable;
        }

        var language = notice.Language ?? contact?.Language ?? default;
        var (title, text) = texts.Write(notice.Kind, language, notice.SecretWords.Count == 0 ? notice.Facts : new Dictionary<string, string>(notice.Facts.Concat(notice.SecretWords)));
        var message = new GatewayMessage(notice.Id.Value, notice.Customer?.Value, address, title, text, notice.Link, language.Code());
        if (notice.Attachment is { } attachment)
        {
            var file = await documents.RunAsync(attachment, cancellation);
            if (!file.IsSuccess)
            {
                await outbox.CloseAsync(stored, NoticeState.Failed, cancellation);
                return DeliveryOutcome.Failed;
            }

            message = message with { Attachments = [new GatewayAttachment(file.Value.Name, file.Value.ContentType, file.Value.Content)] };
        }

        GatewayAnswer answer;
        try
        {
            answer = await gateways.Of(notice.Channel).SendAsync(message, cancellation);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            if (Instant.FromDateTimeOffset(time.GetUtcNow()) - stored.Since < GiveUpAfter)
                return DeliveryOutcome.TryLater;

            await outbox.CloseAsync(stored, NoticeState.Failed, cancellation);
            return DeliveryOutcome.Failed;
        }

        var accepted = answer == GatewayAnswer.Accepted;
        await outbox.CloseAsync(stored, accepted ? NoticeState.Delivered : NoticeState.Failed, cancellation);
        return accepted ? DeliveryOutcome.Delivered : DeliveryOutcome.Failed;
    }

    private static string? Address(ContactDetails? contact, NoticeChannel channel) => channel switch
    {
        NoticeChannel.Push => contact?.PushToken,
        NoticeChannel.Email => contact?.Email,
        NoticeChannel.Sms => contact?.Phone,
        _ => null,
    };
}

public enum DeliveryOutcome
{
    Delivered,

    /// <summary>Delivered, failed or unreachable before: a message that came twice.</summary>
    AlreadyDone,

    /// <summary>The customer has no address for this channel.</summary>
    Unreachable,

    /// <summary>The gateway is out of order: the notice stays due.</summary>
    TryLater,

    /// <summary>The gateway refused it, or was out of order too long.</summary>
    Failed,

    Unknown,
}
