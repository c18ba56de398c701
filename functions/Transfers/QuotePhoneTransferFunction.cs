using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class QuotePhoneTransferFunction(QuotePhoneTransfer quote)
{
    [Function("Transfers_QuotePhone")]
    [Access(Right.Payment)]
    [Summary("Prepares a transfer to the customer of this bank who owns a phone number.",
        Details = "The money goes to that customer's oldest current account in the currency of the account to debit, else to the oldest current account.")]
    [Body<QuotePhoneTransferRequest>]
    [Answers<TransferQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<PhoneMalformed>, Refuses<AccountNotFound>]
    [Refuses<AmountNotInAccountCurrency>, Refuses<TooManyRequests>, Refuses<PhoneNotRegistered>, Refuses<OwnPhoneNumber>, Refuses<AccountNotUsable>]
    [Refuses<ExchangeRateMissing>, Refuses<AmountTooSmallToExchange>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/phone/quotes")] HttpRequest request) =>
        request.ReadBody<QuotePhoneTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(TransferQuoteResponse.From(quoted)));
}

public sealed record QuotePhoneTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: MaxLength(40), Example("+355691234567")] string Phone,
    AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Dreka")] string Description) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<PhoneTransferRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.Find(Description, "/description", request.DescriptionLetters()));
        var phone = input.Take(TransferInput.OptionalPhone(Phone, "/phone"));
        var caller = request.CustomerCaller();
        return input.Result(() => new PhoneTransferRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), phone!.Value, amount, description, request.Device()));
    }
}
