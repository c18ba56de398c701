namespace Microsoft.DurableTask;

public abstract class TaskActivityContext
{
    public abstract TaskName Name { get; }

    /// <summary>Of the orchestration that called.</summary>
    public abstract string InstanceId { get; }
}
