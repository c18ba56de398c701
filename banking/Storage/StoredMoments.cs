using NodaTime;

namespace Serverless.Banking.Storage;

internal static class StoredMoments
{
    /// <summary>Now, as exact as a stored moment is: what is compared with it later is not rounded away.</summary>
    public static Instant NowToTheMillisecond(this TimeProvider time) => Instant.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
