namespace DurableTask.Core.Exceptions;

/// <summary>The id is taken by an instance that host.json's <c>overridableExistingInstanceStates</c> protects.</summary>
/// <remarks>Declared in Microsoft.Azure.DurableTask.Core, which every durable package brings along.</remarks>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    public OrchestrationAlreadyExistsException()
    {
    }

    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }

    public OrchestrationAlreadyExistsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
