using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class QuotePensionContributionFunction(QuotePensionContribution quote)
{
    [Function("Transfers_QuotePension")]
    [Access(Right.Payment)]
    [Summary("Prepares a contribution to a pension fund, also somebody else's.",
        Details = "The fund is named by exactly one of its contract number and its holder's personal number. The summary shows the holder masked, with the management company.")]
    [Body<QuotePensionContributionRequest>]
    [Answers<TransferQuoteResponse>]
    [Refuses<LookupKeyNotOne>, Refuses<LookupKeyMalformed>, Refuses<AccountNotFound>, Refuses<AmountNotInAccountCurrency>, Refuses<TooManyRequests>]
    [Refuses<PensionManagerUnavailable>, Refuses<PensionFundNotFound>, Refuses<SeveralPensionFunds>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>]
    [Refuses<AmountTooSmallToExchange>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/pension/quotes")] HttpRequest request) =>
        request.ReadBody<QuotePensionContributionRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(TransferQuoteResponse.From(quoted)));
}

public sealed record QuotePensionContributionRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    AmountDto Amount,
    [property: MaxLength(40), Description("Of the fund."), Example("PF-2019-000123")] string? ContractNumber = null,
    [property: MaxLength(40), Description("Of the fund's holder: a letter, eight digits, a letter.")] string? PersonalNumber = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<PensionContributionRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var caller = request.CustomerCaller();
        return input.Result(() => new PensionContributionRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), ContractNumber, PersonalNumber, amount, request.Device()));
    }
}
