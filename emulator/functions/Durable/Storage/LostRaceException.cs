namespace Serverless.Emulator.Durable.Storage;

/// <summary>Somebody else changed the instance, or this change was applied before: read it again.</summary>
internal sealed class LostRaceException(string instanceId, Exception inner)
    : Exception($"Instance '{instanceId}' was changed meanwhile.", inner);
