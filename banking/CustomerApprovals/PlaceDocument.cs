using NodaTime;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.CustomerApprovals;

/// <param name="Process">Of an <see cref="IApprovalProcess"/>.</param>
/// <param name="ExpiresAt">Null: it waits without end.</param>
public sealed record DocumentToPlace(CustomerId Customer, string Process, string ProcessId, string Title, DocumentFile File, Instant? ExpiresAt);

/// <summary>Places a document among a customer's approvals (NOTE-12): once per process; the same process with another file makes a new version of it.</summary>
/// <remarks>The file is kept first, under its hash; then the rows of deadline and erasure; then the approval with its key in one group, or its new version; then the push.</remarks>
public sealed class PlaceDocument
{
    internal const string DocumentKind = "approval";
    private const int TriesAtMost = 16;

    private readonly ApprovalTable table;
    private readonly IReadOnlyList<IApprovalProcess> processes;
    private readonly StoredDocuments files;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal PlaceDocument(ApprovalTable table, IEnumerable<IApprovalProcess> processes, StoredDocuments files, SendNotice send, TimeProvider time) =>
        (this.table, this.processes, this.files, this.send, this.time) = (table, [.. processes], files, send, time);

    /// <returns>The approval. Or <see cref="AlreadyDecided"/>, <see cref="ApprovalExpired"/>: its process has been answered.</returns>
    /// <exception cref="InvalidOperationException">Nobody runs such processes: a capability is not set up.</exception>
    public async Task<Result<Approval>> RunAsync(DocumentToPlace wanted, CancellationToken cancellation)
    {
        if (processes.All(process => process.Kind != wanted.Process))
            throw new InvalidOperationException($"Nobody runs processes '{wanted.Process}'.");
        var hash = StoredDocuments.HashOf(wanted.File.Content);
        await files.SaveAsync(wanted.Customer, DocumentKind, hash, wanted.File, cancellation);
        var key = StoredApproval.KeyOf(wanted.Process, wanted.ProcessId);
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            if (await table.FindByKeyAsync(wanted.Customer, key, cancellation) is { } id)
            {
                var stored = (await table.FindAsync(wanted.Customer, id, cancellation))!;
                var known = stored.Approval;
                if (known.Document!.Hash == hash)
                    return await ToldAsync(known, cancellation);
                if (known.State != ApprovalState.Pending)
                    return known.State == ApprovalState.Expired ? new ApprovalExpired(known.ExpiresAt!.Value) : new AlreadyDecided(known.State);
                var next = known with { Document = known.Document with { Title = wanted.Title, Version = known.Document.Version + 1, Hash = hash } };
                if (await table.ChangeAsync(stored, next, cancellation))
                    return await ToldAsync(next, cancellation);
                await StorageFaults.BackOffAsync(attempt);
                continue;
            }

            var now = time.NowToTheMillisecond();
            var approval = new Approval(ApprovalId.Of(now, wanted.Process, wanted.ProcessId), wanted.Customer, ApprovalState.Pending, now, wanted.ExpiresAt, null, null)
            {
                Document = new ApprovalDocument(wanted.Title, 1, hash, wanted.Process, wanted.ProcessId),
            };
            List<Instant> moments = [SettleApproval.EraseAt(now)];
            if (wanted.ExpiresAt is { } end)
                moments.Add(end);
            await table.RemindAsync(wanted.Customer, approval.Id, moments, cancellation);
            if (await table.AddAsync(approval, key, cancellation))
                return await ToldAsync(approval, cancellation);
        }

        throw new InvalidOperationException($"The document of {wanted.Process} {wanted.ProcessId} cannot be placed now.");
    }

    private async Task<Approval> ToldAsync(Approval approval, CancellationToken cancellation)
    {
        if (approval.State == ApprovalState.Pending)
        {
            var document = approval.Document!;
            await send.RunAsync(
                new Notice(
                    NoticeId.Of(nameof(NoticeKind.DocumentToApprove), approval.Id.ToString(), document.Hash), approval.Customer, NoticeChannel.Push, NoticeKind.DocumentToApprove,
                    new Dictionary<string, string> { ["document"] = document.Title }, $"approvals/{approval.Id}"),
                cancellation);
        }

        return approval;
    }
}
