using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;

namespace Serverless.Functions.MoneyRequests;

[Description("A transaction divided among several people.")]
public sealed record SplitResponse(
    Guid Id,
    Guid TransactionId,
    [property: Description("The transaction was paid from it, and the funds arrive on it.")] Guid AccountId,
    LocalDate TransactionDate,
    string Description,
    Money Total,
    string Details,
    Instant CreatedAt,
    [property: Description("None of its requests is open.")] bool IsComplete,
    IReadOnlyList<SplitShareResponse> Shares)
{
    public static SplitResponse From(SeenSplit seen)
    {
        var split = seen.Split;
        return new SplitResponse(
            split.Id.Value, split.Transaction.Value, split.Account.Value, split.BookedOn, split.Description, split.Total, split.Details, split.CreatedAt,
            seen.IsComplete,
            [.. split.Shares.Select(share => new SplitShareResponse(
                share.Name, share.Amount, share.Request?.Value, seen.Requests.FirstOrDefault(it => it.Id == share.Request)?.State))]);
    }
}

[Description("Who takes part in a split, with which amount.")]
public sealed record SharesResponse(
    Guid TransactionId,
    Money Total,
    [property: Description("Null when the requester is left out.")] Money? OwnShare,
    IReadOnlyList<ParticipantResponse> Participants,
    [property: Description("What nobody bears; zero for equal shares.")] Money Rest)
{
    public static SharesResponse From(QuotedSplit split) => new(
        split.Transaction.Value, split.Total, split.OwnShare,
        [.. split.Shares.Select(share => new ParticipantResponse(share.Contact.Value, share.Name, share.Amount))], split.Rest);
}

public sealed record ParticipantResponse(Guid ContactId, string Name, Money Amount);

[Description("A prepared split. Confirm it before it expires.")]
public sealed record SplitQuoteResponse(
    string QuoteId, Guid AccountId, string Description, LocalDate TransactionDate, string Details, SharesResponse Shares,
    ConfirmationResponse Confirmation, Instant ExpiresAt)
{
    public static SplitQuoteResponse From(SealedQuote<QuotedSplit> quote) => new(
        quote.Text, quote.Content.Account.Value, quote.Content.Description, quote.Content.BookedOn, quote.Content.Details!,
        SharesResponse.From(quote.Content), ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}
