using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Banking.Ledger;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class QuotePaymentFunction(QuotePayment quote)
{
    [Function("Bills_QuotePayment")]
    [Access(Right.Payment)]
    [Summary("Prepares a payment: what it costs, whom it pays, and whether the money suffices.",
        Details = "Name the invoice in one of three ways: `contractId` and `invoiceNumber`; `company`, `clientCode` and `invoiceNumber`; or `scannedText`.")]
    [Body<QuotePaymentRequest>]
    [Answers<QuoteResponse>]
    [Refuses<InvoiceNotNamed>, Refuses<ContractNotFound>, Refuses<CompanyInactive>, Refuses<CompanyUnknown>, Refuses<SmartCardNumber>]
    [Refuses<ClientCodeMalformed>, Refuses<ScannedCodeUnreadable>, Refuses<IssuerUnknown>, Refuses<AccountNotFound>, Refuses<NoAccountToDebit>]
    [Refuses<CompanyUnavailable>, Refuses<ClientCodeUnknown>, Refuses<InvoiceNotFound>, Refuses<InvoiceAlreadyPaid>, Refuses<InvoiceWithdrawn>]
    [Refuses<InvoiceBeingPaid>, Refuses<ExchangeRateMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/quotes")] HttpRequest request) =>
        request.ReadBody<QuotePaymentRequest>()
            .Then(body => body.ToSubject().Then(subject => quote.RunAsync(
                request.Customer(), subject, body.AccountId is { } account ? new AccountId(account) : null, request.HttpContext.RequestAborted)))
            .Respond(quoted => TypedResults.Ok(QuoteResponse.From(quoted)));
}

public sealed record QuotePaymentRequest(
    [property: Description("Of the registered contract.")] Guid? ContractId = null,
    [property: MaxLength(40), Example("oshee")] string? Company = null,
    [property: MaxLength(40), Example("TR0.A0000000000000")] string? ClientCode = null,
    [property: Pattern(InvoiceNumber.Pattern), Example("000000001")] string? InvoiceNumber = null,
    [property: Scanned, MaxLength(300), Description("Text of the QR code or barcode, as the scanner gives it.")] string? ScannedText = null,
    [property: Description("The account to debit; the main one when absent.")] Guid? AccountId = null)
{
    /// <returns>Or <see cref="InvoiceNotNamed"/>: none of the three ways, or a mixture.</returns>
    public Result<QuoteSubject> ToSubject() => (ContractId, Company, ClientCode, InvoiceNumber, ScannedText) switch
    {
        ({ } contract, null, null, { } number, null) => new QuoteSubject.OfContract(new ContractId(contract), number),
        (null, { } company, { } clientCode, { } number, null) => new QuoteSubject.OfClientCode(company, clientCode, number),
        (null, null, null, null, { } text) => new QuoteSubject.OfScan(text),
        _ => new InvoiceNotNamed(""),
    };
}

/// <summary>Contract and number; company, client code and number; or a scanned text: exactly one of the three.</summary>
public sealed record InvoiceNotNamed(string Field) : Invalid("invoice_not_named", Field);

[Description("A prepared payment. Confirm it before it expires.")]
public sealed record QuoteResponse(
    [property: Description("Sealed: send it back as it is to confirm.")] string QuoteId,
    InvoiceResponse Invoice,
    [property: Description("The company that is paid.")] CompanyName Beneficiary,
    [property: Description("Amount and penalty of the invoice.")] Money Total,
    [property: Description("Always zero: paying bills is free.")] Money Fee,
    QuotedAccountResponse Account,
    [property: Description("What the account will be debited, fee included, in its currency.")] Money Debit,
    [property: Description("Units of the invoice's currency for one of the account's; null when they are the same."), Example("98.4567")] string? ExchangeRate,
    [property: Description("Whether the available balance covers the debit now.")] bool FundsSuffice,
    [property: Description("A payment of the same amount for the same client code, made within a day: confirm with `payAgain` if it is meant; null when there is none.")] Guid? PossibleDuplicate,
    ConfirmationResponse Confirmation,
    Instant ExpiresAt)
{
    public static QuoteResponse From(PaymentQuote quote) => new(
        quote.Id,
        InvoiceResponse.From(quote.Invoice),
        new CompanyName(quote.Invoice.Account.Company.Value, quote.Beneficiary),
        quote.Invoice.Total,
        quote.Fee,
        new QuotedAccountResponse(quote.From.Value, quote.Available),
        quote.Debit,
        quote.Rate?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        quote.FundsSuffice,
        quote.PossibleDuplicate?.Value,
        ConfirmationResponse.From(quote.Confirmation),
        quote.ExpiresAt);
}

public sealed record QuotedAccountResponse(Guid Id, Money Available);
