namespace Serverless.Banking.Approvals;

/// <summary>Changes, newest first.</summary>
public sealed class ListChanges
{
    private readonly ChangeTable changes;

    internal ListChanges(ChangeTable changes) => this.changes = changes;

    /// <param name="isOpenOnly">Only those that wait for a decision or are being carried out.</param>
    /// <returns>One storage call, and one for each change.</returns>
    public Task<Page<Change>> RunAsync(bool isOpenOnly, PageRequest page, CancellationToken cancellation) => changes.ListAsync(isOpenOnly, page, cancellation);

    /// <returns>The change, or <see cref="ChangeNotFound"/>.</returns>
    public async Task<Result<Change>> FindAsync(ChangeId id, CancellationToken cancellation) =>
        await changes.FindAsync(id, cancellation) is { } stored ? stored.Change : new ChangeNotFound();
}
