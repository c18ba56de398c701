using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ScanBillFunction(ScanBill scan)
{
    [Function("Bills_Scan")]
    [Access(Right.Info)]
    [Summary("Reads the text of a scanned bill code and finds the invoice it names.", Details = "QR code and barcode are both accepted.")]
    [Body<ScanBillRequest>]
    [Answers<ScannedBillResponse>]
    [Refuses<ScannedCodeUnreadable>, Refuses<IssuerUnknown>, Refuses<CompanyUnavailable>, Refuses<InvoiceNotFound>]
    [Refuses<InvoiceAlreadyPaid>, Refuses<InvoiceWithdrawn>, Refuses<InvoiceBeingPaid>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/bills/scans")] HttpRequest request) =>
        request.ReadBody<ScanBillRequest>()
            .Then(body => scan.RunAsync(request.Customer(), body.Text, request.HttpContext.RequestAborted))
            .Respond(bill => TypedResults.Ok(ScannedBillResponse.From(bill)));
}

public sealed record ScanBillRequest(
    [property: Scanned, MaxLength(300), Description("As the scanner gives it."), Example("ALBILL;1;oshee;TR0.A0000000000000;000000001")] string Text);

public sealed record ScannedBillResponse(CompanyName Company, InvoiceResponse Invoice, ProposedAccountResponse? ProposedAccount)
{
    public static ScannedBillResponse From(ScannedBill bill) =>
        new(CompanyName.From(bill.Company), InvoiceResponse.From(bill.Invoice), ProposedAccountResponse.From(bill.ProposedAccount));
}
