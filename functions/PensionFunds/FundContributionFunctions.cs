using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.PensionFunds;

public sealed class QuoteFundContributionFunction(QuoteFundContribution quote)
{
    [Function("PensionFunds_QuoteContribution")]
    [Access(Right.Payment)]
    [Summary("Prepares an extra sum into a fund of the caller's own.", Details = "Into somebody else's fund it is a transfer: `POST /api/v1/transfers/pension/quotes`.")]
    [Body<FundContributionBody>]
    [Answers<FundContributionQuoteResponse>]
    [Refuses<NotInPlanCurrency>, Refuses<PrivateFundNotFound>, Refuses<FundNotActive>, Refuses<BelowMinimum>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<ExchangeRateMissing>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/contributions/quotes")] HttpRequest request, Guid fundId) =>
        request.ReadBody<FundContributionBody>()
            .Then(body => body.Read())
            .Then(wanted => quote.RunAsync(request.Customer(), fundId, wanted.From, wanted.Amount, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(new FundContributionQuoteResponse(
                quoted.Text, quoted.Content.Terms.To.Name, quoted.Content.Terms.To.Account, FundCostResponse.From(quoted.Content.Terms)!, ConfirmationResponse.From(quoted.Demand!),
                quoted.ExpiresAt)));
}

public sealed class ConfirmFundContributionFunction(ConfirmFundContribution confirm)
{
    [Function("PensionFunds_ConfirmContribution")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("pension_fund_contribution")]
    [Summary("Pays a prepared sum into the fund: it is paid when it answers 201; the company is told, and asked again until it answers.",
        Details = "202: it is taken and on its way; `GET` the transfer to see how it ends.")]
    [Body<ConfirmFundContributionRequest>]
    [Answers<TransferResponse>(201), Answers<TransferResponse>(202)]
    [Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<IdempotencyKeyReused>, Refuses<TransferAlreadyConfirmed>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<AccountBusy>]
    [Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/contributions")] HttpRequest request, Guid fundId) =>
        request.ReadBody<ConfirmFundContributionRequest>()
            .Then(body => confirm.RunAsync(
                new FundContributionConfirmation(request.Customer(), fundId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId, request.Device(), body.EmailDetails),
                request.HttpContext.RequestAborted))
            .Respond(TransferAnswers.OfConfirmation);
}

public sealed record FundContributionBody(
    [property: Description("The account to debit, in any currency.")] Guid FromAccountId, [property: Description("What the company gets, in ALL.")] AmountDto Amount)
{
    internal Result<(AccountId From, Money Amount)> Read()
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        return input.Result(() => (new AccountId(FromAccountId), amount));
    }
}

public sealed record ConfirmFundContributionRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("The details of the payment to the caller's own e-mail address.")] bool EmailDetails = false) : IConfirmsQuote;
