using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Receipts;
using Serverless.Functions.Http;

namespace Serverless.Functions.Receipts;

public sealed class VerifyReceiptFunction(VerifyReceipt verify)
{
    [Function("Receipts_Verify")]
    [Access(Right.Public)]
    [NoAddressLimit("It checks a signature, without storage and without a secret.")]
    [Summary("Tells whether a receipt is the bank's, and what it states.")]
    [Body<VerifyReceiptRequest>]
    [Answers<ReceiptResponse>(200)]
    [Refuses<ReceiptNotGenuine>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/receipts/verification")] HttpRequest request) =>
        request.ReadBody<VerifyReceiptRequest>()
            .Then(body => verify.Run(body.Receipt))
            .Respond(receipt => TypedResults.Ok(ReceiptResponse.From(receipt)));
}

public sealed record VerifyReceiptRequest(
    [Description("A signed receipt: JWS in compact form."), MaxLength(VerifyReceipt.LengthAtMost), Example("eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl")] string Receipt);

/// <param name="Account">The IBAN that the receipt is of.</param>
/// <param name="Lines">What was booked on it.</param>
public sealed record ReceiptResponse(
    TransactionId TransactionId, string Kind, string Reference, string Account, LocalDate BookedOn, Instant PostedAt, IReadOnlyList<ReceiptLineResponse> Lines)
{
    internal static ReceiptResponse From(Receipt receipt) => new(
        receipt.Transaction, receipt.Kind, receipt.Reference, receipt.Account, receipt.BookedOn, receipt.PostedAt, [.. receipt.Lines.Select(ReceiptLineResponse.From)]);
}

/// <param name="Number">Of the line on the account.</param>
/// <param name="Amount">Positive when it added to the balance, negative when it took from it.</param>
/// <param name="Hash">Of the line as booked.</param>
public sealed record ReceiptLineResponse(
    long Number, AmountDto Amount, string Description, string? CounterpartyName, string? CounterpartyAccount, string Hash)
{
    internal static ReceiptLineResponse From(ReceiptLine line) => new(
        line.Sequence, AmountDto.From(line.Amount), line.Description, line.Counterparty?.Name, line.Counterparty?.Account, line.Hash);
}
