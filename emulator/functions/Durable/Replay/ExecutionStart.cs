using Microsoft.DurableTask;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>What an execution is born with; it does not change while its history grows.</summary>
internal sealed record ExecutionStart(string Name, string InstanceId, Payload? Input, ParentOrchestrationInstance? Parent, string? Version);
