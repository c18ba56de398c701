using Serverless.Banking.Customers;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>Hands one notice of the outbox to its gateway, in the customer's language.</summary>
/// <remarks>
/// Safe to run twice and at the same time: the gateway delivers an id once. A gateway out of order throws, so the message comes again;
/// after <see cref="MostAttempts"/> tries the notice stays in the outbox as failed, for staff to see.
/// </remarks>
public sealed class DeliverNotice(NoticeTable outbox, FindContactDetails contacts, MessageGateways gateways, NoticeTexts texts)
{
    public const int MostAttempts = 10;

    /// <remarks>Throws when the gateway is out of order; the notice stays due.</remarks>
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
        var contact = await contacts.RunAsync(notice.Customer, cancellation);
        if (contact is null || Address(contact, notice.Channel) is not { } address)
        {
            await outbox.CloseAsync(stored, NoticeState.Unreachable, cancellation);
            return DeliveryOutcome.Unreachable;
        }

        var (title, text) = texts.Write(notice.Kind, contact.Language, notice.Facts);
        var message = new GatewayMessage(
            notice.Id.Value, notice.Customer.Value, address, title, text, notice.Link, contact.Language.Code());
        GatewayAnswer answer;
        try
        {
            answer = await gateways.Of(notice.Channel).SendAsync(message, cancellation);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            if (await outbox.CountAttemptAsync(stored, cancellation) < MostAttempts)
            {
                throw;
            }

            await outbox.CloseAsync(stored, NoticeState.Failed, cancellation);
            return DeliveryOutcome.Failed;
        }

        var accepted = answer == GatewayAnswer.Accepted;
        await outbox.CloseAsync(stored, accepted ? NoticeState.Delivered : NoticeState.Failed, cancellation);
        return accepted ? DeliveryOutcome.Delivered : DeliveryOutcome.Failed;
    }

    private static string? Address(ContactDetails contact, NoticeChannel channel) => channel switch
    {
        NoticeChannel.Push => contact.PushToken,
        NoticeChannel.Email => contact.Email,
        NoticeChannel.Sms => contact.Phone,
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

    /// <summary>The gateway refused it, or was out of order too often.</summary>
    Failed,

    Unknown,
}
