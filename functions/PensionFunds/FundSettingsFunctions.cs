using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class QuoteFundSettingsFunction(QuoteFundSettings quote)
{
    [Function("PensionFunds_QuoteSettings")]
    [Access(Right.Payment)]
    [Summary("The summary of a change of how contributions are taken.", Details = "`manual` takes nothing besides: then nothing is collected by itself. `automatic` takes all of it; only the end date may be absent.")]
    [Body<FundSettingsBody>]
    [Answers<FundSettingsQuoteResponse>]
    [Refuses<NotInPlanCurrency>, Refuses<FrequencyNotAllowed>, Refuses<FundPaymentUnclear>, Refuses<PaymentDateInPast>, Refuses<EndBeforeStart>, Refuses<PrivateFundNotFound>]
    [Refuses<FundNotActive>, Refuses<BelowMinimum>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/payment-settings/quotes")] HttpRequest request, Guid fundId) =>
        request.ReadBody<FundSettingsBody>()
            .Then(body => body.Read())
            .Then(wanted => quote.RunAsync(request.Customer(), fundId, wanted, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(FundSettingsAnswers.Of(quoted)));
}

public sealed class ConfirmFundSettingsFunction(ConfirmFundSettings confirm)
{
    [Function("PensionFunds_ConfirmSettings")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("pension_fund_settings")]
    [Summary("Saves a change of how contributions are taken, once.")]
    [Body<ConfirmFundSettingsRequest>]
    [Answers<FundSettingsResponse>]
    [Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteExpired>, Refuses<PrivateFundNotFound>, Refuses<FundBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/payment-settings")] HttpRequest request, Guid fundId) =>
        request.ReadBody<ConfirmFundSettingsRequest>()
            .Then(body => confirm.RunAsync(
                new FundSettingsConfirmation(request.Customer(), fundId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.EmailNotice), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(FundSettingsResponse.From(it)));
}

public sealed class QuoteAuthorisationClosingFunction(QuoteFundSettings quote)
{
    [Function("PensionFunds_QuoteClosing")]
    [Access(Right.Payment)]
    [Summary("Prepares closing the automatic contribution; the fund itself stays open.")]
    [Answers<FundSettingsQuoteResponse>]
    [Refuses<PrivateFundNotFound>, Refuses<FundNotActive>, Refuses<NotPeriodic>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/authorisation-closings/quotes")] HttpRequest request, Guid fundId) =>
        quote.ToCloseAsync(request.Customer(), fundId, request.HttpContext.RequestAborted).Respond(quoted => TypedResults.Ok(FundSettingsAnswers.Of(quoted)));
}

public sealed class CloseAuthorisationFunction(ConfirmFundSettings confirm)
{
    [Function("PensionFunds_ConfirmClosing")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("pension_authorisation_closing")]
    [Summary("Closes the automatic contribution: nothing is collected by itself any more; the fund takes contributions by hand.")]
    [Body<CloseFundAuthorisationRequest>]
    [Answers<FundSettingsResponse>]
    [Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteExpired>, Refuses<PrivateFundNotFound>, Refuses<FundBusy>, Refuses<NotPeriodic>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/{fundId:guid}/authorisation-closings")] HttpRequest request, Guid fundId) =>
        request.ReadBody<CloseFundAuthorisationRequest>()
            .Then(body => confirm.CloseAsync(
                new FundSettingsConfirmation(request.Customer(), fundId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId, null), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(FundSettingsResponse.From(it)));
}

internal static class FundSettingsAnswers
{
    public static FundSettingsQuoteResponse Of(SealedQuote<QuotedFundSettings> quoted)
    {
        var settings = quoted.Content.Settings;
        return new FundSettingsQuoteResponse(
            quoted.Text, settings.Mode, FundCostResponse.From(quoted.Content.Terms), settings.FrequencyMonths, settings.PaymentDate, settings.EndsOn, quoted.Content.NextOn,
            ConfirmationResponse.From(quoted.Demand!), quoted.ExpiresAt);
    }
}

public sealed record FundSettingsBody(
    FundMode PaymentMode,
    [property: Description("The account to debit, in any currency.")] Guid? FromAccountId = null,
    [property: Description("Of each contribution, in ALL.")] AmountDto? Amount = null,
    [property: Range(0, 1200), Description("1 or 3."), Example("1")] int? FrequencyMonths = null,
    [property: Description("The first due date; every later one is counted from it. The one there is may lie in the past.")] LocalDate? PaymentDate = null,
    [property: Description("The last day on which it may be due; null for no end.")] LocalDate? EndDate = null)
{
    internal Result<FundSettings> Read()
    {
        var input = new Input();
        var amount = Amount is null ? null : input.Money("/amount", Amount);
        return input.Result(() => new FundSettings(PaymentMode, FromAccountId is { } from ? new AccountId(from) : null, amount, FrequencyMonths, PaymentDate, EndDate));
    }
}

public sealed record ConfirmFundSettingsRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the summary gave it.")] string QuoteId,
    [property: Description("The details of each contribution to the caller's own e-mail address; null leaves it as it is.")] bool? EmailNotice = null) : IConfirmsQuote;

public sealed record CloseFundAuthorisationRequest([property: MaxLength(SealedQuotes.LengthAtMost), Description("As the summary gave it.")] string QuoteId) : IConfirmsQuote;
