using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.Interbank;

public sealed class QuoteNationalTransferFunction(QuoteInterbankTransfer quote)
{
    [Function("Transfers_QuoteNational")]
    [Access(Right.Payment)]
    [Summary("Prepares a transfer to another bank in Albania: fee by who bears it, rate, total and dates.",
        Details = "Describe the beneficiary, or name a registered one with `beneficiaryId`. Nothing is reserved before the quote is confirmed.")]
    [Body<QuoteNationalTransferRequest>]
    [Answers<InterbankQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<PhoneMalformed>]
    [Refuses<BeneficiaryNotNamed>, Refuses<TransferCurrencyNotOffered>, Refuses<IbanInvalid>, Refuses<IbanOfThisBank>, Refuses<IbanNotAlbanian>]
    [Refuses<CountryUnknown>, Refuses<BankNotFound>, Refuses<BeneficiaryNotFound>, Refuses<BeneficiaryTypeMismatch>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>, Refuses<AmountBelowCharge>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>]
    [Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/national/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteNationalTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(TransferKind.National, order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(InterbankQuoteResponse.From(quoted)));
}

public sealed record QuoteNationalTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("In the currency to be sent.")] AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Qira maj")] string Description,
    [property: Description("Who pays the charges.")] FeeBearer FeeBearer,
    [property: Description("Described; or absent, with `beneficiaryId`.")] NationalBeneficiaryDto? Beneficiary = null,
    [property: Description("A registered beneficiary.")] Guid? BeneficiaryId = null,
    [property: MaxLength(40), Description("The beneficiary's."), Example("+355691234567")] string? Phone = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<InterbankTransferRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.Find(Description, "/description", request.DescriptionLetters()));
        var phone = input.Take(TransferInput.OptionalPhone(Phone, "/phone"));
        var payee = input.Take(InterbankInput.Choose(Beneficiary?.ToChoice(), BeneficiaryId));
        input.AddRange(InterbankInput.FindFaults(request, TransferKind.National, amount, payee, null));
        var caller = request.CustomerCaller();
        return input.Result(() => new InterbankTransferRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), payee, amount, description, FeeBearer, phone?.Value, request.Device()));
    }
}

public sealed record NationalBeneficiaryDto(
    [property: MaxLength(60), Example("Arta")] string FirstName,
    [property: MaxLength(60), Example("Hoxha")] string LastName,
    [property: MaxLength(60), Example("AL47212110090000000235698741")] string Iban,
    [property: MaxLength(35), Example("Tirana")] string City,
    [property: MinLength(2), MaxLength(2), Description("ISO 3166-1 alpha-2."), Example("AL")] string Country)
{
    public InterbankPayeeChoice ToChoice() =>
        new InterbankPayeeChoice.ByIban(FirstName, LastName, Iban, new PayeeAddress(null, City, null, Country));
}

internal static class InterbankInput
{
    /// <param name="amount">Null when it is faulty.</param>
    /// <param name="payee">Null when nobody is named.</param>
    public static IEnumerable<Invalid> FindFaults(HttpRequest request, TransferKind kind, Money? amount, InterbankPayeeChoice? payee, AbroadDetails? abroad) =>
        request.HttpContext.RequestServices.GetRequiredService<QuoteInterbankTransfer>().FindFaults(kind, amount?.Currency, payee, abroad);

    /// <returns>Or <see cref="BeneficiaryNotNamed"/>: neither way, or both.</returns>
    public static Result<InterbankPayeeChoice> Choose(InterbankPayeeChoice? described, Guid? registered) => (described, registered) switch
    {
        ({ } choice, null) => choice,
        (null, { } id) => new InterbankPayeeChoice.Registered(new BeneficiaryId(id)),
        _ => new BeneficiaryNotNamed("/beneficiary"),
    };
}
