using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.MoneyRequests;

namespace Serverless.Functions.MoneyRequests;

[Description("A money request as one of its two parties sees it.")]
public sealed record MoneyRequestResponse(
    Guid Id,
    MoneyRequestKind Kind,
    RequestDirection Direction,
    OtherPartyResponse OtherParty,
    Money Amount,
    string? Details,
    Instant CreatedAt,
    [property: Description("When it expires, or would have.")] Instant ExpiresAt,
    MoneyRequestState State,
    [property: Description("Null while it is open.")] Instant? EndedAt,
    [property: Description("Where the money is to arrive; for the requester only.")] Guid? AccountId,
    [property: Description("The transfer that paid it.")] Guid? TransferId,
    [property: Description("Of a share, for the requester only.")] SplitSummaryResponse? Split)
{
    public static MoneyRequestResponse From(SeenRequest seen)
    {
        var it = seen.Request;
        var isMine = seen.Direction == RequestDirection.Sent;
        return new MoneyRequestResponse(
            it.Id.Value, it.Split is null ? MoneyRequestKind.Request : MoneyRequestKind.SplitShare, seen.Direction,
            isMine ? new OtherPartyResponse(it.Payer.Name, it.Payer.Phone) : new OtherPartyResponse(it.Requester.Name, null),
            it.Amount, it.Details, it.CreatedAt, it.ExpiresAt, it.State, it.EndedAt, isMine ? it.To.Value : null, it.Transfer?.Value,
            seen.Split is { } split ? SplitSummaryResponse.From(split) : null);
    }
}

public enum MoneyRequestKind
{
    Request,
    SplitShare,
}

public sealed record OtherPartyResponse(
    [property: Description("As the caller stored it, when the caller has the other one in the network.")] string Name,
    [property: Description("Of the contact who was asked; null for a received request.")] string? Phone);

[Description("The split that a share belongs to.")]
public sealed record SplitSummaryResponse(
    Guid Id,
    [property: Description("The transaction that was split.")] Guid TransactionId,
    Money Total,
    string Description,
    IReadOnlyList<SplitShareResponse> Shares)
{
    public static SplitSummaryResponse From(Split split) => new(
        split.Id.Value, split.Transaction.Value, split.Total, split.Description,
        [.. split.Shares.Select(share => new SplitShareResponse(share.Name, share.Amount, share.Request?.Value, null))]);
}

public sealed record SplitShareResponse(
    [property: Description("Null for the requester's own share.")] string? Name,
    Money Amount,
    [property: Description("Null for the requester's own share.")] Guid? RequestId,
    [property: Description("Of the request; null where states are not read.")] MoneyRequestState? State);
