namespace Serverless.Banking.Identification;

public sealed class FindIdentification
{
    private readonly VideoSessionTable table;

    internal FindIdentification(VideoSessionTable table) => this.table = table;

    /// <returns>Null when there is none, or it was erased.</returns>
    public async Task<VideoSession?> RunAsync(Guid id, CancellationToken cancellation) => (await table.FindAsync(id, cancellation))?.It;
}
