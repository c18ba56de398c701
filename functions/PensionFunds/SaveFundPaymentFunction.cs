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
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class SaveFundPaymentFunction(SaveFundPayment save)
{
    [Function("PensionFunds_SavePayment")]
    [Access(Right.Payment)]
    [NotConfirmed("A draft binds nobody.")]
    [Summary("Stores how the fund that is applied for is to be paid into: once, or every one or three months.")]
    [Body<FundPaymentBody>]
    [Answers<FundApplicationResponse>]
    [Refuses<NotInPlanCurrency>, Refuses<FrequencyNotAllowed>, Refuses<FundPaymentUnclear>, Refuses<PaymentDateInPast>, Refuses<EndBeforeStart>, Refuses<PrivateFundNotFound>]
    [Refuses<FundApplicationNotDraft>, Refuses<BelowMinimum>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/pension-funds/applications/{fundId:guid}/payment")] HttpRequest request, Guid fundId) =>
        request.ReadBody<FundPaymentBody>()
            .Then(body => body.Read())
            .Then(payment => save.RunAsync(request.Customer(), fundId, payment, request.HttpContext.RequestAborted))
            .Respond(draft => TypedResults.Ok(FundApplicationResponse.From(draft)));
}

public sealed record FundPaymentBody(
    FundPaymentMode PaymentMode,
    [property: Description("The account to debit, in any currency.")] Guid FromAccountId,
    [property: Description("Of each contribution, in ALL.")] AmountDto Amount,
    [property: Range(0, 1200), Description("1 or 3; only of what is periodic."), Example("1")] int? FrequencyMonths = null,
    [property: Description("The first due date; only of what is periodic.")] LocalDate? PaymentDate = null,
    [property: Description("The last day on which it may be due; null for no end.")] LocalDate? EndDate = null)
{
    internal Result<FundPayment> Read()
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        return input.Result(() => new FundPayment(PaymentMode, new AccountId(FromAccountId), amount, FrequencyMonths, PaymentDate, EndDate));
    }
}
