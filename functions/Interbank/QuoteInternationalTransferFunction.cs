using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.Interbank;

public sealed class QuoteInternationalTransferFunction(QuoteInterbankTransfer quote)
{
    [Function("Transfers_QuoteInternational")]
    [Access(Right.Payment)]
    [Summary("Prepares a transfer abroad, from a trusted device: fee by who bears it, rate, total and dates.",
        Details = "The bank is found by the beneficiary's `iban`; or it is described in `bank`, with the beneficiary's `account`. A registered beneficiary is "
            + "named with `beneficiaryId` instead. Nothing is reserved before the quote is confirmed.")]
    [Body<QuoteInternationalTransferRequest>]
    [Answers<InterbankQuoteResponse>]
    [Refuses<DeviceNotTrusted>, Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>]
    [Refuses<PhoneMalformed>, Refuses<BeneficiaryNotNamed>, Refuses<TransferCurrencyNotOffered>, Refuses<PurposeUnknown>, Refuses<PurposeOfAnotherCategory>]
    [Refuses<PayeeCategoryUnknown>, Refuses<TransferTermsNotAccepted>, Refuses<IbanInvalid>, Refuses<IbanOfThisBank>, Refuses<IbanAlbanian>]
    [Refuses<AccountNumberMalformed>, Refuses<CountryUnknown>, Refuses<BicMalformed>, Refuses<BicOfAnotherCountry>, Refuses<BankNotFound>]
    [Refuses<BeneficiaryNotFound>, Refuses<BeneficiaryTypeMismatch>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>]
    [Refuses<AmountBelowCharge>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/international/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteInternationalTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(TransferKind.International, order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(InterbankQuoteResponse.From(quoted)));
}

public sealed record QuoteInternationalTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    [property: Description("In the currency to be sent.")] AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Studime")] string Description,
    [property: Description("Who pays the charges.")] FeeBearer FeeBearer,
    [property: MaxLength(40), Example("education")] string PurposeCategory,
    [property: MaxLength(40), Example("tuition")] string Purpose,
    [property: MaxLength(40), Example("company")] string BeneficiaryCategory,
    [property: MaxLength(20), Description("Version of the terms that the customer has accepted."), Example("2026-01")] string? AcceptedTerms = null,
    [property: Description("Described; or absent, with `beneficiaryId`.")] ForeignBeneficiaryDto? Beneficiary = null,
    [property: Description("The bank, when it is not to be found by the IBAN.")] ForeignBankDto? Bank = null,
    [property: Description("A registered beneficiary.")] Guid? BeneficiaryId = null,
    [property: MaxLength(40), Description("The beneficiary's."), Example("+4915112345678")] string? Phone = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<InterbankTransferRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.Find(Description, "/description", request.DescriptionLetters()));
        var phone = input.Take(TransferInput.OptionalPhone(Phone, "/phone"));
        var payee = input.Take(Choose());
        var abroad = new AbroadDetails(PurposeCategory, Purpose, BeneficiaryCategory, AcceptedTerms);
        input.AddRange(InterbankInput.FindFaults(request, TransferKind.International, amount, payee, abroad));
        var caller = request.CustomerCaller();
        return input.Result(() => new InterbankTransferRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), payee, amount, description, FeeBearer, phone?.Value, request.Device(),
            abroad));
    }

    private Result<InterbankPayeeChoice> Choose() => (Beneficiary, Bank, BeneficiaryId) switch
    {
        ({ Iban: not null, Account: null } by, null, null) => new InterbankPayeeChoice.ByIban(by.FirstName, by.LastName, by.Iban, by.ToAddress()),
        ({ Iban: null, Account: not null } by, { } bank, null) => new InterbankPayeeChoice.ByBank(by.FirstName, by.LastName, by.Account, by.ToAddress(), bank.ToBank()),
        (null, null, { } registered) => new InterbankPayeeChoice.Registered(new BeneficiaryId(registered)),
        _ => new BeneficiaryNotNamed("/beneficiary"),
    };
}

public sealed record ForeignBeneficiaryDto(
    [property: MaxLength(60), Example("Hans")] string FirstName,
    [property: MaxLength(60), Example("Muster")] string LastName,
    [property: MaxLength(70), Example("Hauptstrasse 1")] string Street,
    [property: MaxLength(35), Example("Koln")] string City,
    [property: MaxLength(16), Example("50667")] string PostalCode,
    [property: MinLength(2), MaxLength(2), Description("ISO 3166-1 alpha-2."), Example("DE")] string Country,
    [property: MaxLength(60), Description("When the bank is found by it."), Example("DE89370400440532013000")] string? Iban = null,
    [property: MaxLength(60), Description("IBAN or number, when the bank is described.")] string? Account = null)
{
    public PayeeAddress ToAddress() => new(Street, City, PostalCode, Country);
}

public sealed record ForeignBankDto(
    [property: MaxLength(140), Example("Commerzbank")] string Name,
    [property: MaxLength(35), Example("Koln")] string City,
    [property: MaxLength(70), Example("Unter Sachsenhausen 21")] string Address,
    [property: MinLength(2), MaxLength(2), Description("ISO 3166-1 alpha-2."), Example("DE")] string Country,
    [property: MaxLength(20), Description("SWIFT code."), Example("COBADEFF")] string Bic)
{
    public PayeeBank ToBank() => new(Name, City, Address, Country, Bic);
}
