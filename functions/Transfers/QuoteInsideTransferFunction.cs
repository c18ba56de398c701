using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class QuoteInsideTransferFunction(QuoteInsideTransfer quote)
{
    [Function("Transfers_QuoteInside")]
    [Access(Right.Payment)]
    [Summary("Prepares a transfer to an account of any customer of the bank.",
        Details = "Name the beneficiary in one of three ways: `account` (IBAN or account number, with `name` to have it compared with the holder's), "
            + "`accountReference` of a look-up, or `beneficiaryId`. The amount is in the currency of the account to debit; another currency of the "
            + "beneficiary's account is served at the bank's rate. Nothing moves before the quote is confirmed.")]
    [Body<QuoteInsideTransferRequest>]
    [Answers<TransferQuoteResponse>]
    [Refuses<Banking.Text.DescriptionCharacterNotAllowed>, Refuses<Banking.Text.DescriptionTooLong>, Refuses<PhoneMalformed>]
    [Refuses<BeneficiaryNotNamed>, Refuses<IbanInvalid>, Refuses<AccountNotFound>, Refuses<AmountNotInAccountCurrency>, Refuses<BeneficiaryNotFound>]
    [Refuses<BeneficiaryTypeMismatch>, Refuses<BeneficiaryGone>, Refuses<NotThisBank>, Refuses<PayeeNotFound>, Refuses<SameAccount>]
    [Refuses<PayeeAccountNotUsable>, Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>, Refuses<AmountTooSmallToExchange>]
    [Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>, Refuses<InsufficientFunds>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/inside/quotes")] HttpRequest request) =>
        request.ReadBody<QuoteInsideTransferRequest>()
            .Then(body => body.ToRequest(request))
            .Then(order => quote.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(quoted => TypedResults.Ok(TransferQuoteResponse.From(quoted)));
}

public sealed record QuoteInsideTransferRequest(
    [property: Description("The account to debit.")] Guid FromAccountId,
    InsideBeneficiaryDto Beneficiary,
    AmountDto Amount,
    [property: MaxLength(Banking.Text.Description.LengthAtMost), Description("Letters, digits and spaces."), Example("Qira maj")] string Description,
    [property: MaxLength(40), Description("The beneficiary's."), Example("+355691234567")] string? Phone = null) : IHasOwnFaults
{
    public Error? FindFaults(HttpRequest request) => ToRequest(request).Error;

    public Result<InsideTransferRequest> ToRequest(HttpRequest request)
    {
        var input = new Input();
        var amount = input.Money("/amount", Amount);
        var description = input.Take(Banking.Text.Description.Find(Description, "/description", request.DescriptionLetters()));
        var phone = input.Take(TransferInput.OptionalPhone(Phone, "/phone"));
        var payee = input.Take(Beneficiary.ToChoice());
        var caller = request.CustomerCaller();
        return input.Result(() => new InsideTransferRequest(
            caller.Id, caller.Name, new AccountId(FromAccountId), payee, amount, description, phone, request.Device()));
    }
}

public sealed record InsideBeneficiaryDto(
    [property: MaxLength(60), Description("IBAN or account number of this bank.")] string? Account = null,
    [property: MaxLength(140), Description("Whom the account is thought to belong to; only with `account`.")] string? Name = null,
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("Of a look-up.")] string? AccountReference = null,
    [property: Description("A registered beneficiary.")] Guid? BeneficiaryId = null)
{
    /// <returns>Or <see cref="BeneficiaryNotNamed"/>: none of the three ways, or a mixture; or <see cref="IbanInvalid"/>.</returns>
    public Result<PayeeChoice> ToChoice() => (Account, AccountReference, BeneficiaryId, Name) switch
    {
        ({ } account, null, null, _) => PayeeChoice.OfAccount.Read(account, Name, "/beneficiary/account"),
        (null, { } reference, null, null) => new PayeeChoice.OfReference(reference),
        (null, null, { } beneficiary, null) => new PayeeChoice.OfBeneficiary(new BeneficiaryId(beneficiary)),
        _ => new BeneficiaryNotNamed("/beneficiary"),
    };
}

/// <summary>An account, a reference or a registered beneficiary: exactly one, and nothing of a registered one is overridden (TRF-05).</summary>
public sealed record BeneficiaryNotNamed(string Field) : Invalid("beneficiary_not_named", Field);

public sealed record PhoneMalformed(string Field) : Invalid("phone_malformed", Field);

internal static class TransferInput
{
    public static Result<PhoneNumber?> OptionalPhone(string? text, string field) =>
        text is null ? (PhoneNumber?)null : PhoneNumber.Find(text) is { } number ? (Result<PhoneNumber?>)number : new PhoneMalformed(field);
}
