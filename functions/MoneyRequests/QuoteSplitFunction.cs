using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Network;
using Serverless.Banking.Text;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class QuoteSplitFunction(QuoteSplit quote)
{
    [Function("MoneyRequests_QuoteSplit")]
    [Access(Right.Payment)]
    [Summary("Checks the locked shares of a split and prepares it.", Details = "While the shares are unlocked nothing can be confirmed. Nobody is asked before the confirmation.")]
    [Body<QuoteSplitRequest>]
    [Answers<SplitQuoteResponse>]
    [Refuses<DescriptionTooLong>, Refuses<DescriptionCharacterNotAllowed>, Refuses<SharesUnlocked>, Refuses<ParticipantRepeated>, Refuses<ShareMissing>]
    [Refuses<RequesterLeftOut>, Refuses<AccountNotFound>, Refuses<TransactionNotFound>, Refuses<ShareCurrency>, Refuses<SharesAboveTransaction>]
    [Refuses<AmountTooSmallToSplit>, Refuses<ContactNotFound>, Refuses<TooManyRequests>, Refuses<ContactNotRegistered>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<AlreadySplit>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/splits/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteSplitRequest>()
            .Then(body => quote.RunAsync(request.Customer(), body.ToPlan(), body.Details, body.Locked, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(SplitQuoteResponse.From(quoted)));
}

public sealed record QuoteSplitRequest(
    [property: Description("The account the transaction was paid from; the funds arrive on it.")] Guid AccountId,
    Guid TransactionId,
    [property: MinLength(1), MaxLength(20)] IReadOnlyList<ParticipantRequest> Participants,
    [property: MaxLength(200), Description("Letters, digits and spaces, at most 140."), Example("Darka e premtes")] string Details,
    [property: Description("Whether the shares are locked, that is final.")] bool Locked,
    [property: Description("The requester takes part with a share.")] bool IncludeMe = true,
    [property: Description("The requester's share by hand; what the others leave over when absent.")] Money? OwnAmount = null)
{
    public SplitPlan ToPlan() => new ShareSplitRequest(AccountId, TransactionId, Participants, IncludeMe, OwnAmount).ToPlan();
}
