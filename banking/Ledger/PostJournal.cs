namespace Serverless.Banking.Ledger;

/// <summary>Writes a journal to the books, once however often it is repeated.</summary>
public sealed class PostJournal
{
    public Task<Result<PostedJournal>> RunAsync(Journal journal, CancellationToken cancellation) => throw new NotImplementedException();
}
