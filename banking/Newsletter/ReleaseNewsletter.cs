using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Newsletter;

/// <summary>Releases an issue to everybody who has confirmed; it is sent in the background.</summary>
public sealed class ReleaseNewsletter
{
    private readonly NewsletterTable table;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal ReleaseNewsletter(NewsletterTable table, RecordAudit audit, TimeProvider time) => (this.table, this.audit, this.time) = (table, audit, time);

    /// <returns>The issue; for a repeated key the first one. Or <see cref="IdempotencyKeyReused"/>.</returns>
    public async Task<Result<NewsletterIssue>> RunAsync(
        IReadOnlyDictionary<Language, NewsletterText> texts, IdempotencyKey key, string requestHash, AuditActor actor, CancellationToken cancellation)
    {
        var issue = new NewsletterIssue(
            StableGuid.Of("newsletter", actor.Id, key.Value), texts, time.NowToTheMillisecond());
        await audit.RunAsync(
            new AuditEvent(actor, "newsletter_released", $"newsletter/{issue.Id:D}") { Id = StableGuid.Of("newsletter_released", issue.Id.ToString()) }, cancellation);
        if (await table.AddIssueAsync(issue, requestHash, cancellation) is not { } earlier)
            return issue;
        return earlier.RequestHash == requestHash ? earlier.Issue : new IdempotencyKeyReused();
    }
}

/// <summary>Sends what was released: one mail per confirmed address, each with its own link to unsubscribe. A run that was cut short is repeated; nobody gets two.</summary>
public sealed class SendNewsletters
{
    private readonly NewsletterTable table;
    private readonly NewsletterLinks links;
    private readonly SendNotice send;

    internal SendNewsletters(NewsletterTable table, NewsletterLinks links, SendNotice send) => (this.table, this.links, this.send) = (table, links, send);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await foreach (var issue in table.OpenIssuesAsync(cancellation))
        {
            await foreach (var (address, it) in table.ConfirmedAsync(cancellation))
                await SendAsync(issue, address, it, cancellation);
            await table.CloseIssueAsync(issue.Id, cancellation);
        }
    }

    private Task<bool> SendAsync(NewsletterIssue issue, string address, Subscription it, CancellationToken cancellation)
    {
        var words = issue.Texts.TryGetValue(it.Language, out var own) ? own : issue.Texts[Language.Albanian];
        return send.RunAsync(
            new Notice(
                NoticeId.Of("newsletter", issue.Id.ToString("N"), address), null, NoticeChannel.Email, NoticeKind.Newsletter,
                new Dictionary<string, string> { ["title"] = words.Title, ["text"] = words.Text })
            {
                Address = it.Email,
                Language = it.Language,
                SecretWords = new Dictionary<string, string> { ["unsubscribe"] = links.Create(NewsletterLinks.Unsubscribe, address, it.Round).AbsoluteUri },
            },
            cancellation);
    }
}
