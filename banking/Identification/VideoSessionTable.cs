using Azure;
using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>A session as read or written, with what guards its next change.</summary>
internal sealed record StoredVideoSession(VideoSession It, ETag ETag);

/// <summary>Table VideoSessions: a partition with one row each. What the document says lies sealed.</summary>
internal sealed class VideoSessionTable(BankTables tables, PersonalDataSeal seal)
{
    public const string Name = "VideoSessions";
    private const string Row = "session";

    private TableClient Table => tables.Open(Name);

    public async Task<StoredVideoSession?> FindAsync(Guid id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(id.ToString("N"), Row, null, cancellation);
        return found.HasValue ? new StoredVideoSession(seal.Open<VideoSession>(Place(id), found.Value!.GetString("Content")!), found.Value.ETag) : null;
    }

    /// <returns>False when it is there already.</returns>
    public Task<bool> AddAsync(VideoSession session, CancellationToken cancellation) => Table.TryAddAsync(ToRow(session), cancellation);

    /// <param name="change">From the session as it is; null leaves it. Asked again after a lost race.</param>
    /// <returns>As it is now; null when it is gone.</returns>
    public async Task<VideoSession?> ChangeAsync(Guid id, Func<VideoSession, VideoSession?> change, CancellationToken cancellation)
    {
        while (await FindAsync(id, cancellation) is { } stored)
        {
            if (change(stored.It) is not { } changed)
                return stored.It;
            if (await Table.TryUpdateAsync(ToRow(changed), stored.ETag, TableUpdateMode.Replace, cancellation))
                return changed;
        }

        return null;
    }

    public Task RemoveAsync(Guid id, CancellationToken cancellation) => Table.TryDeleteAsync(id.ToString("N"), Row, ETag.All, cancellation);

    private TableEntity ToRow(VideoSession session) => new(session.Id.ToString("N"), Row)
    {
        ["State"] = session.State.ToString(),
        ["Content"] = seal.Seal(Place(session.Id), session),
    };

    private static string Place(Guid id) => $"{Name}/{id:N}";
}
