using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Newsletter;

/// <summary>Carries out a link of one of the mails: confirms the address or takes it out (EKL-29). A link may be opened any number of times.</summary>
public sealed class FollowNewsletterLink
{
    private const int TriesAtMost = 12;

    private readonly NewsletterTable table;
    private readonly NewsletterLinks links;
    private readonly NewsletterOptions options;
    private readonly TimeProvider time;

    internal FollowNewsletterLink(NewsletterTable table, NewsletterLinks links, IOptions<NewsletterOptions> options, TimeProvider time) =>
        (this.table, this.links, this.options, this.time) = (table, links, options.Value, time);

    /// <returns>Or <see cref="NewsletterLinkUnknown"/>: no such link, too late, or of an address that was taken out since.</returns>
    public Task<Result<Nothing>> ConfirmAsync(string token, CancellationToken cancellation) => ChangeAsync(
        token, NewsletterLinks.Confirm, SubscriptionState.Confirmed,
        (it, now) => it.State == SubscriptionState.Pending && now < it.Since + Duration.FromTimeSpan(options.ConfirmWithin), cancellation);

    /// <returns>Or <see cref="NewsletterLinkUnknown"/>: no such link, or of a registration before the last.</returns>
    public Task<Result<Nothing>> UnsubscribeAsync(string token, CancellationToken cancellation) => ChangeAsync(
        token, NewsletterLinks.Unsubscribe, SubscriptionState.Unsubscribed, (_, _) => true, cancellation);

    private async Task<Result<Nothing>> ChangeAsync(
        string token, string does, SubscriptionState to, Func<Subscription, Instant, bool> may, CancellationToken cancellation)
    {
        if (NewsletterLinks.AddressOf(token) is not { } address)
            return new NewsletterLinkUnknown();
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindAsync(address, cancellation) is not { } known || !links.IsOf(token, does, known.It.Round))
                return new NewsletterLinkUnknown();
            if (known.It.State == to)
                return default(Nothing);
            var now = time.NowToTheMillisecond();
            if (!may(known.It, now))
                return new NewsletterLinkUnknown();
            if (await table.WriteAsync(address, known.It with { State = to, Since = now }, known.ETag, cancellation))
                return default(Nothing);
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException("A newsletter's link cannot be followed now.");
    }
}
