namespace DurableTask.Core.Exceptions;

/// <summary>The replayed code asked for something else than its history says.</summary>
internal sealed class NonDeterministicOrchestrationException(string message) : InvalidOperationException(message);
