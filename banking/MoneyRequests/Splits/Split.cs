using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.MoneyRequests;

/// <summary>An executed transaction divided among several people: one money request for each but the requester (REQ-13).</summary>
/// <param name="Account">The transaction was paid from it, and the funds are to arrive on it.</param>
/// <param name="Description">The transaction's.</param>
/// <param name="Shares">The requester's own first when there is one, then in the order chosen.</param>
public sealed record Split(
    SplitId Id, CustomerId Requester, AccountId Account, TransactionId Transaction, LocalDate BookedOn, string Description, Money Total, string Details,
    Instant CreatedAt, IReadOnlyList<SplitShare> Shares)
{
    public override string ToString() => $"split {Id}";
}

/// <param name="Request">Null for the requester's own share.</param>
/// <param name="Name">The contact's name when the split was made; null for the requester.</param>
public sealed record SplitShare(MoneyRequestId? Request, CustomerId Customer, string? Name, Money Amount)
{
    public override string ToString() => $"share of {Customer}";
}

/// <remarks>The default value of this type is no split.</remarks>
public readonly record struct SplitId(Guid Value)
{
    internal static SplitId Of(Guid quote) => new(StableGuid.Of("money_split", quote.ToString("N")));

    public override string ToString() => Value.ToString("D");
}
