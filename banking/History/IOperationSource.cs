using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>
/// A capability's orders that the books do not show: pending ones that have debited or credited nothing yet, failed and cancelled ones.
/// Register it with <c>AddSingleton&lt;IOperationSource, …&gt;()</c>.
/// </summary>
/// <remarks>
/// What is booked is in the history by its entry and must not be listed here: a transfer that was debited and waits for the other bank is booked;
/// one that was given back is two entries. A race is forgiven, when <see cref="Operation.Transaction"/> says which journal would book it.
/// Money that an order holds is told by the order; the history itself lists only holds that have a <see cref="HoldText"/>, as those of cards.
/// </remarks>
public interface IOperationSource
{
    /// <summary>Begins the ids of its operations (<see cref="OperationId.Of"/>): lower-case words with hyphens, as <c>transfer</c>, never <c>hold</c>.</summary>
    string Name { get; }

    /// <param name="account">Only what concerns this account of the customer; null for all.</param>
    /// <param name="period">Of <see cref="Operation.At"/>; its end is not in it.</param>
    /// <returns>Newest first, read little by little: the history takes a page and leaves the rest.</returns>
    IAsyncEnumerable<Operation> ListAsync(CustomerId customer, AccountId? account, Interval period, CancellationToken cancellation);

    /// <summary>One order of the customer, whatever became of it: when it is booked, <see cref="Operation.Transaction"/> leads to its entry.</summary>
    /// <returns>Null when the customer has none of this id.</returns>
    Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation);
}
