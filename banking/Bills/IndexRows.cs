using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>Rows that are written before what they point at, so that it is never without them; whoever finds one that leads nowhere drops it.</summary>
internal static class IndexRows
{
    /// <summary>Longer than any request lives (the platform ends one after 230 seconds): what a younger row points at may be about to be written.</summary>
    private static readonly Duration WriterLivesAtMost = Duration.FromMinutes(4);

    /// <param name="writtenAt">Null for a row that does not say so.</param>
    public static bool IsAbandoned(DateTimeOffset? writtenAt, DateTimeOffset now) =>
        writtenAt is not { } at || now - at > WriterLivesAtMost.ToTimeSpan();
}
