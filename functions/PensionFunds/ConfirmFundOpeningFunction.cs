using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;
using Serverless.Workflows.PensionFunds;

namespace Serverless.Functions.PensionFunds;

public sealed class ConfirmFundOpeningFunction(ConfirmFundOpening confirm, StartPensionFund workflow)
{
    [Function("PensionFunds_ConfirmOpening")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("pension_fund_opening")]
    [Summary("Accepts the contract and confirms the application: what is paid once is debited, and the application goes to the company.",
        Details = "The company contacts the customer within 48 hours to sign. When the contract is not signed in 30 days, what was paid goes back.")]
    [Body<ConfirmFundOpeningRequest>]
    [Answers<FundApplicationResponse>]
    [Refuses<QuoteNotFound>, Refuses<ContractNotAccepted>, Refuses<IdempotencyKeyReused>, Refuses<PrivateFundNotFound>, Refuses<FundBusy>, Refuses<FundApplicationNotDraft>]
    [Refuses<FundApplicationChanged>, Refuses<QuoteExpired>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    [Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/applications/{fundId:guid}/submission")] HttpRequest request, Guid fundId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<ConfirmFundOpeningRequest>()
            .Then(body => confirm.RunAsync(
                new FundOpeningConfirmation(
                    request.Customer(), fundId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.AcceptedContract, request.Device(),
                    request.CustomerCaller().Installation.Value, AcceptLanguage.Of(request)),
                request.HttpContext.RequestAborted))
            .Then(submitted => workflow.WakeAsync(client, submitted))
            .Respond(submitted => TypedResults.Ok(FundApplicationResponse.From(submitted)));
}

public sealed record ConfirmFundOpeningRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the summary gave it.")] string QuoteId,
    [property: MaxLength(20), Description("Version of the contract that was read; null accepts none."), Example("2026-01")] string? AcceptedContract = null) : IConfirmsQuote;
