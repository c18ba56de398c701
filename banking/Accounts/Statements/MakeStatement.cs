using Serverless.Banking.Notifications;

namespace Serverless.Banking.Accounts;

/// <summary>Makes a long statement and tells the customer when it is ready (ACC-19). Safe to run twice: the file, the push and the row are each written once.</summary>
public sealed class MakeStatement
{
    private readonly StatementJobs jobs;
    private readonly StatementRenderer renderer;
    private readonly SendNotice send;

    internal MakeStatement(StatementJobs jobs, StatementRenderer renderer, SendNotice send) => (this.jobs, this.renderer, this.send) = (jobs, renderer, send);

    public async Task RunAsync(CustomerId owner, Guid id, CancellationToken cancellation)
    {
        if (await jobs.FindAsync(owner, id, cancellation) is not { } job)
            return;

        var reference = job.Reference;
        if (!job.IsReady && await renderer.MakeAsync(reference.DocumentOf(owner, job.Language), cancellation))
        {
            await send.RunAsync(
                new Notice(
                    NoticeId.Of("statement_ready", owner.Value, id.ToString("N")), owner, NoticeChannel.Push, NoticeKind.StatementReady,
                    new Dictionary<string, string> { ["from"] = Words.Date(reference.Start), ["to"] = Words.Date(reference.End) },
                    $"accounts/{reference.Account.Value}/statements/{id}"),
                cancellation);
        }

        await jobs.EndAsync(job, cancellation);
    }
}
