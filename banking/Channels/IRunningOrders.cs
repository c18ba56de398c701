using NodaTime;

namespace Serverless.Banking.Channels;

/// <summary>Lists what goes on by itself for a customer while his channel is blocked (LIFE-12), so that staff can tell him.</summary>
public interface IRunningOrders
{
    Task<IReadOnlyList<RunningOrder>> RunAsync(CustomerId customer, CancellationToken cancellation);
}

/// <param name="Kind"><c>periodic_transfer</c>, <c>bill_authorisation</c>, ...</param>
/// <param name="Reference">Its id or number, as staff find it.</param>
/// <param name="Amount">Of each execution; null when every one has its own.</param>
/// <param name="NextOn">Null when nothing is planned by date.</param>
public sealed record RunningOrder(string Kind, string Reference, Money? Amount, LocalDate? NextOn);
