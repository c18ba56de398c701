using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ConfirmPensionContributionFunction(ConfirmTransfer confirm)
{
    [Function("Transfers_ConfirmPension")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("pension_contribution")]
    [Summary("Confirms a contribution to a pension fund: it is paid when it answers 201; the manager is told, and asked again until it answers.",
        Details = "202: it is taken and on its way; `GET` the transfer to see how it ends.")]
    [Body<ConfirmPensionContributionRequest>]
    [Answers<TransferResponse>(201), Answers<TransferResponse>(202)]
    [Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<IdempotencyKeyReused>, Refuses<TransferAlreadyConfirmed>, Refuses<PossibleDuplicatePayment>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>]
    [Refuses<TransferTooOften>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/pension")] HttpRequest request) =>
        request.ReadBody<ConfirmPensionContributionRequest>()
            .Then(body => confirm.RunAsync(body.ToConfirmation(TransferKind.Pension, request), request.HttpContext.RequestAborted))
            .Respond(TransferAnswers.OfConfirmation);
}
