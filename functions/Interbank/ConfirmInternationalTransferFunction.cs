using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Functions.Interbank;

public sealed class ConfirmInternationalTransferFunction(SendInterbankTransfer send, StartInterbankTransfer workflow)
{
    [Function("Transfers_ConfirmInternational")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("international_transfer")]
    [Summary("Confirms a transfer abroad, from a trusted device: amount and fee are reserved and it is on its way.",
        Details = "`GET` the transfer to see it sent, settled, rejected or returned.")]
    [Body<ConfirmPayeeTransferRequest>]
    [Answers<InterbankTransferResponse>(202)]
    [Refuses<DeviceNotTrusted>, Refuses<TransferTermsNotAccepted>, Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteExpired>, Refuses<TransferAlreadyConfirmed>, Refuses<PossibleDuplicatePayment>]
    [Refuses<TransferInterrupted>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<ExchangeRateMissing>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/international")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<ConfirmPayeeTransferRequest>()
            .Then(body => send.RunAsync(body.ToConfirmation(TransferKind.International, request), request.HttpContext.RequestAborted))
            .Then(order => workflow.OfAsync(client, order))
            .Respond(order => TypedResults.Accepted($"/api/v1/transfers/{order.Id.Value}", InterbankTransferResponse.From(order)));
}
