using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.SmartPay;

public sealed class PayByQrFunction(PayByQr pay)
{
    [Function("Qr_Pay")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [Idempotent]
    [Confirmed("qr_payment")]
    [Summary("Pays a scanned code as prepared: the payee has the money when it answers 201.",
        Details = "A code with an amount is paid once, whoever pays. 202: it is taken and on its way.")]
    [Body<PayByQrRequest>]
    [Answers<TransferResponse>(201), Answers<TransferResponse>(202)]
    [Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<IdempotencyKeyReused>, Refuses<QrAccountDeleted>, Refuses<QrRequestPaid>, Refuses<QrRequestExpired>]
    [Refuses<QrRequestBeingPaid>, Refuses<TransferAlreadyConfirmed>, Refuses<PossibleDuplicatePayment>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>]
    [Refuses<PayeeAccountNotUsable>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/smart-pay/payments")] HttpRequest request) =>
        request.ReadBody<PayByQrRequest>()
            .Then(body => pay.RunAsync(
                new QrPaymentConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, request.Device(), body.PayAgain),
                request.HttpContext.RequestAborted))
            .Respond(TransferAnswers.OfConfirmation);
}

public sealed record PayByQrRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("Needed where the quote warned of a possible duplicate and the code has no amount.")] bool PayAgain = false) : IConfirmsQuote;
