namespace Grpc.Core;

/// <summary>How the Functions host refuses a client's order: unknown instance, wrong state.</summary>
/// <remarks>Declared in Grpc.Core.Api, which Microsoft.DurableTask.Client.Grpc brings along.</remarks>
public class RpcException : Exception
{
    public RpcException(Status status)
        : this(status, status.ToString())
    {
    }

    public RpcException(Status status, string message)
        : base(message) =>
        Status = status;

    public Status Status { get; }

    public StatusCode StatusCode => Status.StatusCode;
}
