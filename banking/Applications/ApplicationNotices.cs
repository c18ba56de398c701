using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Applications;

/// <summary>Tells the applicant, and the desk, what there is to tell; each thing once (PROD-13, PROD-31).</summary>
internal sealed class ApplicationNotices(SendNotice send, FindContactDetails contacts, IOptionsMonitor<ApplicationsOptions> options)
{
    private ApplicationsOptions Rules => options.CurrentValue;

    /// <summary>When whoever is waited for is reminded; null when nobody is.</summary>
    public Instant? ReminderOf(ProductApplication it)
    {
        if (it.Deadline is not { } deadline)
            return null;
        var since = it.Timeline[^1].At;
        return it.State == ApplicationState.InReview
            ? since + Duration.FromDays(Rules.RemindDeskAfterDays)
            : deadline - Duration.Min(Duration.FromDays(Rules.RemindDaysBefore), (deadline - since) / 2);
    }

    public async Task TellAsync(ProductApplication it, Instant now, CancellationToken cancellation)
    {
        var language = (await contacts.RunAsync(it.Customer, cancellation))?.Language ?? default;
        foreach (var step in it.Timeline)
        {
            if (KindOf(step.State) is { } kind)
                await PushAsync(it, kind, step.State.ToString(), language, cancellation);
        }

        await TellCardAsync(it, now, language, cancellation);
        if (it.Deadline is null || ReminderOf(it) is not { } reminder || reminder > now || reminder > it.Deadline)
            return;
        if (it.State == ApplicationState.InReview)
            await RemindDeskAsync(it, cancellation);
        else
            await PushAsync(it, NoticeKind.ApplicationReminder, it.State.ToString(), language, cancellation);
    }

    /// <summary>What there is besides the states: the branch goes on, the card is ready, nobody collects it, something is wrong with its order.</summary>
    private async Task TellCardAsync(ProductApplication it, Instant now, Language language, CancellationToken cancellation)
    {
        if (it.Card.FailedIdentifications >= CardIdentifications.TriesAtMost)
            await PushAsync(it, NoticeKind.ApplicationToBranch, "", language, cancellation);
        if (it.Card.IsOrderRefused)
            await WriteToDeskAsync(it, NoticeKind.CardOrderTrouble, "refused", cancellation);
        if (it.Card.Order is not { } order)
            return;
        if (order.ReadyAt is not { } ready)
        {
            if (order.OrderedAt + Duration.FromDays(Rules.ProduceDays) <= now)
                await WriteToDeskAsync(it, NoticeKind.CardOrderTrouble, "late", cancellation);
            return;
        }

        // As the card server's own notice of a card that is ready: one SMS for each order.
        var branch = Rules.Branches.TryGetValue(it.Personal!.Branch!, out var name) ? name : it.Personal.Branch!;
        await send.RunAsync(
            new Notice(
                NoticeId.Of(nameof(NoticeKind.CardReady), it.Id.ToString("N")), it.Customer, NoticeChannel.Sms, NoticeKind.CardReady,
                new Dictionary<string, string> { ["branch"] = branch, ["card"] = order.MaskedCard ?? "" }),
            cancellation);
        if (it.Card.IsUncollected)
            await WriteToDeskAsync(it, NoticeKind.CardOrderTrouble, "uncollected", cancellation);
        else if (order.State == CardOrderState.Ready && ready + Duration.FromDays(Rules.RemindCollectDays) <= now)
            await PushAsync(it, NoticeKind.CardUncollected, "", language, cancellation);
    }

    private static NoticeKind? KindOf(ApplicationState state) => state switch
    {
        ApplicationState.Submitted => NoticeKind.ApplicationSubmitted,
        ApplicationState.Approved => NoticeKind.ApplicationApproved,
        ApplicationState.LowerLimitOffered => NoticeKind.ApplicationLimitOffered,
        ApplicationState.Active => NoticeKind.OverdraftActive,
        ApplicationState.Issued => NoticeKind.CardOrdered,
        ApplicationState.Declined => NoticeKind.ApplicationDeclined,
        ApplicationState.Withdrawn => NoticeKind.ApplicationWithdrawn,
        ApplicationState.Expired => NoticeKind.ApplicationExpired,
        _ => null,
    };

    private Task<bool> PushAsync(ProductApplication it, NoticeKind kind, string about, Language language, CancellationToken cancellation)
    {
        var facts = new Dictionary<string, string> { ["product"] = it.Product.Words(language) };
        if (it.Decision?.Limit is { } limit)
            facts["limit"] = Words.Amount(limit);
        if (it.Personal?.Branch is { } branch)
            facts["branch"] = Rules.Branches.TryGetValue(branch, out var name) ? name : branch;
        if (it.Deadline is { } deadline)
            facts["date"] = Words.Date(deadline.InZone(BankTime.Tirane).Date);
        return send.RunAsync(
            new Notice(NoticeId.Of(kind.ToString(), it.Id.ToString("N"), about), it.Customer, NoticeChannel.Push, kind, facts, $"applications/{it.Id:D}"), cancellation);
    }

    private Task<bool> WriteToDeskAsync(ProductApplication it, NoticeKind kind, string about, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of(kind.ToString(), it.Id.ToString("N"), about), null, NoticeChannel.Email, kind, new Dictionary<string, string> { ["number"] = it.Id.ToString("D") })
        {
            Address = Rules.CardsDesk,
            Language = Language.Albanian,
        },
        cancellation);

    private Task<bool> RemindDeskAsync(ProductApplication it, CancellationToken cancellation) => send.RunAsync(
        new Notice(
            NoticeId.Of("application waiting", it.Id.ToString("N")), null, NoticeChannel.Email, NoticeKind.ApplicationReviewWaiting,
            new Dictionary<string, string> { ["number"] = it.Id.ToString("D"), ["date"] = Words.Date(it.Deadline!.Value.InZone(BankTime.Tirane).Date) })
        {
            Address = Rules.CardsDesk,
            Language = Language.Albanian,
        },
        cancellation);
}

public static class ApplicationProducts
{
    /// <summary>As it is written to people.</summary>
    public static string Words(this ApplicationProduct product, Language language) => product == ApplicationProduct.CreditCard
        ? language.Say("kartë krediti", "credit card")
        : language.Say("overdraft", "overdraft");
}
