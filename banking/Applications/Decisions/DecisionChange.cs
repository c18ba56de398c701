using Serverless.Banking.Approvals;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Applications;

/// <summary>A decision about an application, which needs four eyes (PROD-34).</summary>
internal sealed class DecisionChange(ApplicationTable table, Func<ApplicationCourse> course) : IChangeHandler
{
    public const string Name = "application_decision";

    public string Kind => Name;

    public bool HasOwnDesk => true;

    /// <param name="Limit">Null: declined.</param>
    internal sealed record Content(Guid Application, Money? Limit);

    public static ChangeProposal Of(string key, Guid application, Money? limit, string reason) => new(
        key, Name, $"application/{application:D}", StoredJson.Write(new Content(application, limit)),
        limit is null ? "declined" : $"approved {Words.Amount(limit)}", reason);

    /// <returns>What was asked for. Or, first match: <see cref="ApplicationNotFound"/>, <see cref="ApplicationDecided"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation) =>
        await table.FindAsync(StoredJson.Read<Content>(content).Application, cancellation) switch
        {
            null => new ApplicationNotFound(),
            { It: { State: ApplicationState.InReview } it } => $"requested {Words.Amount(it.Requested!)}",
            { It: var it } => new ApplicationDecided(it.State),
        };

    /// <summary>Only written here: the workflow carries it out.</summary>
    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var (id, limit) = StoredJson.Read<Content>(change.Content);
        if (await table.FindAsync(id, cancellation) is not { } record)
            return new ApplicationNotFound();
        var decision = new ApplicationDecision(limit, change.Reason, change.ProposedBy, change.DecidedAt ?? course().Now, change.Id.Value);
        record = await table.ChangeAsync(
            record, it => it.SeenAt(course().Now).State == ApplicationState.InReview ? course().Decide(it, decision) : null, cancellation);
        return record.It.Decision?.Change == change.Id.Value
            ? (limit is null ? "declined" : Words.Amount(limit))
            : new ApplicationDecided(record.It.SeenAt(course().Now).State);
    }
}
