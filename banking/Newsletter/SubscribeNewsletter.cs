using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Newsletter;

/// <summary>Registers an e-mail address for news and offers (EKL-22), which counts once its owner has opened the link (EKL-29).</summary>
/// <remarks>
/// The row first, then the mail, whose link is made from the row: killed in between, the next registration sends it. Nobody learns whether an address is
/// registered: every registration is answered alike.
/// </remarks>
public sealed class SubscribeNewsletter
{
    private const int TriesAtMost = 12;

    private readonly NewsletterTable table;
    private readonly NewsletterLinks links;
    private readonly RateLimits.RateLimits limits;
    private readonly KeyedHash hash;
    private readonly SendNotice send;
    private readonly NewsletterOptions options;
    private readonly TimeProvider time;

    internal SubscribeNewsletter(
        NewsletterTable table, NewsletterLinks links, RateLimits.RateLimits limits, KeyedHash hash, SendNotice send, IOptions<NewsletterOptions> options, TimeProvider time) =>
        (this.table, this.links, this.limits, this.hash, this.send, this.options, this.time) = (table, links, limits, hash, send, options.Value, time);

    /// <param name="email">As <see cref="NewsletterEmail"/> keeps it.</param>
    /// <param name="from">The caller's network address; kept only as a keyed hash.</param>
    /// <returns>Or <see cref="TooManyRequests"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(string email, Language language, string from, CancellationToken cancellation)
    {
        var allowed = await limits.TakeAsync(
            $"address|{hash.Of("address", from)}", new RateLimit("newsletter", options.RegistrationsPerHour, Duration.FromHours(1)), cancellation);
        if (!allowed.IsSuccess)
            return allowed;

        var address = links.HashOf(email);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var now = time.NowToTheMillisecond();
            var known = await table.FindAsync(address, cancellation);
            if (known is { It.State: SubscriptionState.Confirmed })
                return default(Nothing);
            if (known is { It: { State: SubscriptionState.Pending } pending } && now < pending.Since + Duration.FromTimeSpan(options.ConfirmWithin))
                return await AskAsync(address, pending, cancellation);
            var begun = new Subscription(email, language, SubscriptionState.Pending, (known?.It.Round ?? 0) + 1, now);
            if (await table.WriteAsync(address, begun, known?.ETag, cancellation))
                return await AskAsync(address, begun, cancellation);
            await StorageFaults.BackOffAsync(attempt);
        }

        throw new InvalidOperationException("A newsletter's address cannot be registered now.");
    }

    private async Task<Result<Nothing>> AskAsync(string address, Subscription it, CancellationToken cancellation)
    {
        await send.RunAsync(
            new Notice(
                NoticeId.Of("newsletter confirmation", address, $"{it.Round}"), null, NoticeChannel.Email, NoticeKind.NewsletterConfirmation,
                new Dictionary<string, string>())
            {
                Address = it.Email,
                Language = it.Language,
                ExpiresAt = it.Since + Duration.FromTimeSpan(options.ConfirmWithin),
                SecretWords = new Dictionary<string, string>
                {
                    ["link"] = links.Create(NewsletterLinks.Confirm, address, it.Round).AbsoluteUri,
                    ["unsubscribe"] = links.Create(NewsletterLinks.Unsubscribe, address, it.Round).AbsoluteUri,
                },
            },
            cancellation);
        return default(Nothing);
    }
}
