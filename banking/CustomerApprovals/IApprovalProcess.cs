namespace Serverless.Banking.CustomerApprovals;

/// <summary>A kind of process that waits for customers' decisions about its documents; a capability registers its own.</summary>
public interface IApprovalProcess
{
    /// <summary>In snake_case: <c>card_application</c>.</summary>
    string Kind { get; }

    /// <summary>Goes on with what was decided, or has expired. Repeated until it returns; however often, it takes effect once.</summary>
    Task ResumeAsync(Approval approval, CancellationToken cancellation);
}
