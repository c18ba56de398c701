using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Messages;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>Hands one notice of the outbox to its gateway, in the customer's language and as the customer has chosen (NOTE-07).</summary>
/// <remarks>
/// Safe to run twice and at the same time: the gateway delivers an id once. While a gateway is out of order the notice stays due, and
/// <see cref="SweepNotices"/> asks again: three tries in a quarter of an hour, then every hour for a day (NOTE-18); what is left then stays in the outbox as
/// failed, for staff to see. A push that must be told and cannot be goes by SMS after the third try.
/// </remarks>
public sealed class DeliverNotice
{
    private static readonly Duration[] Pauses = [Duration.FromMinutes(3), Duration.FromMinutes(12)];

    /// <summary>A fact that marks an SMS sent in a push's place: the push stands in the list already.</summary>
    private const string Substitute = "substitute";

    private readonly NoticeTable outbox;
    private readonly NotificationList list;
    private readonly FindContactDetails contacts;
    private readonly FindNotificationSettings settings;
    private readonly IPushTargets targets;
    private readonly MessageGateways gateways;
    private readonly NoticeTexts texts;
    private readonly EmailDocuments documents;
    private readonly IWorkMessages messages;
    private readonly TimeProvider time;

    internal DeliverNotice(
        NoticeTable outbox, NotificationList list, FindContactDetails contacts, FindNotificationSettings settings, IPushTargets targets, MessageGateways gateways,
        NoticeTexts texts, EmailDocuments documents, IWorkMessages messages, TimeProvider time)
    {
        (this.outbox, this.list, this.contacts, this.settings, this.targets) = (outbox, list, contacts, settings, targets);
        (this.gateways, this.texts, this.documents, this.messages, this.time) = (gateways, texts, documents, messages, time);
    }

    /// <summary>Yesterday's reminder is no use to anybody, and an outage of a gateway does not last longer.</summary>
    public static Duration GiveUpAfter { get; } = Duration.FromDays(1);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public async Task<DeliveryOutcome> RunAsync(NoticeId id, CancellationToken cancellation)
    {
        if (await outbox.FindAsync(id, cancellation) is not { } stored)
            return DeliveryOutcome.Unknown;
        if (stored.State != NoticeState.Due)
            return DeliveryOutcome.AlreadyDone;
        if (stored.Notice.ExpiresAt is { } expiry && expiry <= Now)
            return await EndAsync(stored, NoticeState.Failed, DeliveryOutcome.Failed, cancellation);

        var notice = stored.Notice;
        var contact = notice.Customer is { } customer ? await contacts.RunAsync(customer, cancellation) : null;
        var language = notice.Language ?? contact?.Language ?? default;
        var facts = notice.SecretWords.Count == 0 ? notice.Facts : new Dictionary<string, string>(notice.Facts.Concat(notice.SecretWords));
        var (title, text) = texts.Write(notice.Kind, language, facts);
        if (notice is { Customer: { } owner, Channel: NoticeChannel.Push })
        {
            var wanted = await settings.RunAsync(owner, cancellation);
            if (!wanted.IsOn(NoticeTypes.TypeOf(notice.Kind)))
                return await EndAsync(stored, NoticeState.SwitchedOff, DeliveryOutcome.SwitchedOff, cancellation);
            await list.AddAsync(owner, stored, title, text, cancellation);
            (title, text) = wanted.HideAmounts ? texts.Write(notice.Kind, language, ContentSafety.WithoutAmounts(facts)) : (title, text);
            (title, text) = (ContentSafety.Mask(title), ContentSafety.Mask(text));
        }
        else if (notice is { Customer: { } phoneOwner, Channel: NoticeChannel.Sms, SecretWords.Count: 0 } && !notice.Facts.ContainsKey(Substitute))
        {
            await list.AddAsync(phoneOwner, stored, title, text, cancellation);
        }

        if ((notice.Address ?? await AddressAsync(contact, notice.Channel, cancellation)) is not { } address)
        {
            await InsteadBySmsAsync(notice, cancellation);
            return await EndAsync(stored, NoticeState.Unreachable, DeliveryOutcome.Unreachable, cancellation);
        }

        var message = new GatewayMessage(notice.Id.Value, notice.Customer?.Value, address, title, text, notice.Link, language.Code());
        if (notice.Attachment is { } attachment)
        {
            var complete = await documents.AddAsync(message, attachment, language, cancellation);
            if (!complete.IsSuccess)
                return await EndAsync(stored, NoticeState.Failed, DeliveryOutcome.Failed, cancellation);
            message = complete.Value;
        }

        try
        {
            return await CloseAsync(stored, address, await gateways.Of(notice.Channel).SendAsync(message, cancellation), cancellation);
        }
        catch (Exception e) when (PartnerFailures.IsFailure(e))
        {
            return await TryLaterAsync(stored, cancellation);
        }
    }

    private async Task<DeliveryOutcome> CloseAsync(StoredNotice stored, string address, GatewayAnswer answer, CancellationToken cancellation)
    {
        if (answer == GatewayAnswer.Accepted)
            return await EndAsync(stored, NoticeState.Delivered, DeliveryOutcome.Delivered, cancellation);
        if (answer == GatewayAnswer.AddressGone && stored.Notice is { Channel: NoticeChannel.Push, Customer: { } customer })
            await targets.ForgetAsync(customer, address, cancellation);
        await InsteadBySmsAsync(stored.Notice, cancellation);
        return await EndAsync(stored, NoticeState.Failed, DeliveryOutcome.Failed, cancellation);
    }

    private async Task<DeliveryOutcome> TryLaterAsync(StoredNotice stored, CancellationToken cancellation)
    {
        var (notice, isLastOfThree) = (stored.Notice, stored.Tries >= Pauses.Length);
        if (Now - stored.TriedSince >= GiveUpAfter || (isLastOfThree && await InsteadBySmsAsync(notice, cancellation)))
            return await EndAsync(stored, NoticeState.Failed, DeliveryOutcome.Failed, cancellation);

        // What expires soon, a code, is asked for at every sweep.
        var pause = notice.ExpiresAt is not null ? Duration.Zero : isLastOfThree ? Duration.FromHours(1) : Pauses[stored.Tries];
        await outbox.PostponeAsync(stored, Now + pause, cancellation);
        return DeliveryOutcome.TryLater;
    }

    /// <returns>Whether the notice is one that an SMS takes over; taken twice it is one SMS.</returns>
    private async Task<bool> InsteadBySmsAsync(Notice notice, CancellationToken cancellation)
    {
        if (notice is not { Channel: NoticeChannel.Push, Customer: not null } || !NoticeTypes.TypeOf(notice.Kind).IsMandatory())
            return false;
        var sms = notice with { Id = NoticeId.Of("sms instead", notice.Id.Value), Channel = NoticeChannel.Sms, Address = null, Facts = new Dictionary<string, string>(notice.Facts) { [Substitute] = "push" } };
        if (await outbox.AddAsync(sms, cancellation))
            await messages.SendAsync(WorkQueues.Notices, [new NoticeDue(sms.Id.Value)], cancellation);
        return true;
    }

    private async Task<DeliveryOutcome> EndAsync(StoredNotice stored, NoticeState state, DeliveryOutcome outcome, CancellationToken cancellation)
    {
        await outbox.CloseAsync(stored, state, cancellation);
        return outcome;
    }

    private async Task<string?> AddressAsync(ContactDetails? contact, NoticeChannel channel, CancellationToken cancellation) => channel switch
    {
        NoticeChannel.Push => contact is null ? null : await targets.FindAsync(contact.Customer, contact.PushToken, cancellation),
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

    /// <summary>The customer does not want to be told.</summary>
    SwitchedOff,

    /// <summary>The gateway is out of order: the notice stays due.</summary>
    TryLater,

    /// <summary>The gateway refused it, was out of order too long, or the notice has expired.</summary>
    Failed,

    Unknown,
}
