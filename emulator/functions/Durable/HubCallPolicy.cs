using Azure.Core.Pipeline;

namespace Serverless.Emulator.Durable;

/// <summary>Register one to see every storage call that the durable engine makes: a bench counts them, a crash test breaks them.</summary>
internal abstract class HubCallPolicy : HttpPipelinePolicy;
