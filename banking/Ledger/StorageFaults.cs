using Azure;

namespace Serverless.Banking.Ledger;

/// <summary>What a failed write says about itself.</summary>
internal static class StorageFaults
{
    /// <summary>The row was there: inserted earlier, perhaps by this very call's first try.</summary>
    public static bool IsConflict(Exception e) => e is RequestFailedException { Status: 409 };

    /// <summary>The head changed since it was read, or is gone.</summary>
    public static bool IsStale(Exception e) => e is RequestFailedException { Status: 412 or 404 };

    /// <summary>A bug: the service understood the request and refuses it for ever.</summary>
    public static bool IsOurs(Exception e) =>
        e is RequestFailedException { Status: >= 400 and < 500 and not (404 or 408 or 409 or 412 or 429) } or ArgumentException or FormatException or NullReferenceException;

    /// <summary>Grows from some milliseconds to a third of a second, never the same for two writers.</summary>
    public static Task BackOffAsync(int attempt) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5 << Math.Min(attempt, 6), 300) * (0.5 + Random.Shared.NextDouble())));
}
