using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Network;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class PreviewSplitFunction(QuoteSplit quote)
{
    [Function("MoneyRequests_PreviewSplit")]
    [Access(Right.Payment)]
    [Summary("Computes the shares of a split: equal ones in whole minor units, or checked ones by hand.", Details = "Changes nothing.")]
    [Body<ShareSplitRequest>]
    [Answers<SharesResponse>]
    [Refuses<ParticipantRepeated>, Refuses<ShareMissing>, Refuses<RequesterLeftOut>, Refuses<AccountNotFound>, Refuses<TransactionNotFound>]
    [Refuses<ShareCurrency>, Refuses<SharesAboveTransaction>, Refuses<AmountTooSmallToSplit>, Refuses<ContactNotFound>, Refuses<TooManyRequests>]
    [Refuses<ContactNotRegistered>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/splits/shares")] HttpRequest request) =>
        request.ReadBody<ShareSplitRequest>()
            .Then(body => quote.ShareAsync(request.Customer(), body.ToPlan(), request.HttpContext.RequestAborted))
            .Respond(split => TypedResults.Ok(SharesResponse.From(split)));
}

public sealed record ShareSplitRequest(
    [property: Description("The account the transaction was paid from.")] Guid AccountId,
    Guid TransactionId,
    [property: MinLength(1), MaxLength(20)] IReadOnlyList<ParticipantRequest> Participants,
    [property: Description("The requester takes part with a share.")] bool IncludeMe = true,
    [property: Description("The requester's share by hand; what the others leave over when absent.")] Money? OwnAmount = null)
{
    public SplitPlan ToPlan() => new(
        new AccountId(AccountId), new TransactionId(TransactionId), [.. Participants.Select(it => new SplitParticipant(new ContactId(it.ContactId), it.Amount))],
        IncludeMe, OwnAmount);
}

public sealed record ParticipantRequest(Guid ContactId, [property: Description("By hand: then for everybody. Equal shares when absent.")] Money? Amount = null);
