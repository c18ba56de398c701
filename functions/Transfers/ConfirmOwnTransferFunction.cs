using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ConfirmOwnTransferFunction(ConfirmTransfer confirm)
{
    [Function("Transfers_ConfirmOwn")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("own_transfer")]
    [Summary("Confirms a transfer between own accounts: both balances have changed when it answers 201.",
        Details = "202: it is taken and on its way; `GET` the transfer to see how it ends.")]
    [Body<ConfirmTransferRequest>]
    [Answers<TransferResponse>(201), Answers<TransferResponse>(202)]
    [Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<IdempotencyKeyReused>, Refuses<TransferAlreadyConfirmed>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>]
    [Refuses<TransferTooOften>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/own")] HttpRequest request) =>
        request.ReadBody<ConfirmTransferRequest>()
            .Then(body => confirm.RunAsync(body.ToConfirmation(TransferKind.Own, request), request.HttpContext.RequestAborted))
            .Respond(TransferAnswers.OfConfirmation);
}
