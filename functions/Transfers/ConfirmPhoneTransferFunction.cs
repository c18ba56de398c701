using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ConfirmPhoneTransferFunction(ConfirmTransfer confirm)
{
    [Function("Transfers_ConfirmPhone")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("phone_transfer")]
    [Summary("Confirms a transfer to a phone number: its owner has the money when it answers 201.",
        Details = "202: it is taken and on its way; `GET` the transfer to see how it ends.")]
    [Body<ConfirmThreadTransferRequest>]
    [Answers<TransferResponse>(201), Answers<TransferResponse>(202)]
    [Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<IdempotencyKeyReused>, Refuses<TransferAlreadyConfirmed>, Refuses<PossibleDuplicatePayment>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>]
    [Refuses<TransferTooOften>, Refuses<PayeeAccountNotUsable>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/phone")] HttpRequest request) =>
        request.ReadBody<ConfirmThreadTransferRequest>()
            .Then(body => confirm.RunAsync(body.ToConfirmation(TransferKind.Phone, request), request.HttpContext.RequestAborted))
            .Respond(TransferAnswers.OfConfirmation);
}
