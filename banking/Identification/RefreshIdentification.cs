using NodaTime;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Identification;

/// <summary>Asks the provider what became of a session whose webhook may have been lost, ends one whose time is over, and fetches pictures that are missing (ONB-27).</summary>
public sealed class RefreshIdentification
{
    private readonly VideoSessionTable table;
    private readonly VideoSessionCourse course;
    private readonly VideoIdentificationClient provider;

    internal RefreshIdentification(VideoSessionTable table, VideoSessionCourse course, VideoIdentificationClient provider) =>
        (this.table, this.course, this.provider) = (table, course, provider);

    /// <remarks>Whoever asked for the session is told as by the webhook.</remarks>
    /// <returns>As it is now: not over when the provider gave no answer, then ask again in some minutes. Null when there is none.</returns>
    public async Task<VideoSession?> RunAsync(Guid id, CancellationToken cancellation)
    {
        if ((await table.FindAsync(id, cancellation))?.It is not { } session)
            return null;
        if (session.IsOver)
        {
            session = await course.KeepEvidenceAsync(session, cancellation);
            await course.TellAsync(session, cancellation);
            return session;
        }

        var found = await provider.FindAsync(id, cancellation);
        if (!found.IsSuccess)
            return session;
        if (VideoSessionCourse.Read(found.Value.Result) is { } result)
            await course.BecomeAsync(id, it => it.At(VideoSessionState.Completed, result.CompletedAt) with { Result = result }, cancellation);
        else if (found.Value.Status is "expired" or "cancelled" || (session.ExpiresAt <= course.Now && found.Value.Status is not "completed"))
            await course.BecomeAsync(id, it => it.At(VideoSessionState.Expired, Instant.Min(it.ExpiresAt, course.Now)), cancellation);
        return (await table.FindAsync(id, cancellation))?.It;
    }
}
