namespace Serverless.Emulator.Durable.Client;

/// <summary>Which ids an instance may have.</summary>
internal static class InstanceIds
{
    public const int MaxLength = 100;

    /// <exception cref="ArgumentException">Too long, an entity's, or with a character that storage keys forbid.</exception>
    public static void Check(string instanceId)
    {
        if (instanceId.StartsWith('@'))
            throw new ArgumentException("An instance id may not begin with '@': such ids are entities'.", nameof(instanceId));
        if (instanceId.Length is 0 or > MaxLength)
            throw new ArgumentException($"An instance id has 1 to {MaxLength} characters.", nameof(instanceId));
        if (instanceId.AsSpan().ContainsAny("/\\#?") || instanceId.Any(char.IsControl))
            throw new ArgumentException("An instance id may not contain '/', '\\', '#', '?' or control characters.", nameof(instanceId));
    }
}
