using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Documents;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.CustomerApprovals;

public sealed class PlaceDocumentFunction(PlaceDocument place, RecordAudit audit)
{
    private static readonly byte[] PdfHead = "%PDF-"u8.ToArray();

    [Function("CustomerApprovals_PlaceDocument")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Places a document among a customer's approvals; the same reference with another file makes a new version of it.")]
    [Body<PlaceDocumentRequest>(MaxBytes = 2 * 1024 * 1024)]
    [Answers<ApprovalResponse>]
    [Refuses<CustomerUnknown>, Refuses<NoPdf>, Refuses<AlreadyDecided>, Refuses<ApprovalExpired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/documents-to-approve/{reference}")] HttpRequest request,
        string customerNumber, string reference) =>
        request.ReadBody<PlaceDocumentRequest>()
            .Then(body => Read(body, customerNumber, reference))
            .Then(wanted => PlaceAsync(wanted, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(approval => TypedResults.Ok(ApprovalResponse.From(approval)));

    private static Result<DocumentToPlace> Read(PlaceDocumentRequest body, string number, string reference)
    {
        if (CustomerId.Find(number) is not { } customer || reference.Length > 64)
            return new CustomerUnknown();
        var bytes = new byte[body.Pdf.Length];
        return Convert.TryFromBase64String(body.Pdf, bytes, out var length) && bytes.AsSpan(0, length).StartsWith(PdfHead)
            ? new DocumentToPlace(
                customer, StaffDocuments.Process, reference, body.Title, new DocumentFile("document.pdf", DocumentFile.Pdf, bytes[..length]), body.ExpiresAt)
            : new NoPdf("/pdf");
    }

    private async Task<Result<Approval>> PlaceAsync(DocumentToPlace wanted, AuditActor officer, CancellationToken cancellation)
    {
        // Answered for before it is done.
        await audit.RunAsync(
            new AuditEvent(officer, "document_placed", $"customer/{wanted.Customer.Value}") { After = $"{wanted.ProcessId}: {StoredDocuments.HashOf(wanted.File.Content)}" }, cancellation);
        return await place.RunAsync(wanted, cancellation);
    }
}

public sealed record PlaceDocumentRequest(
    [property: MaxLength(100), Example("Ndryshim i kontratës")] string Title,
    [property: MaxLength(1_900_000), Description("A PDF in base64.")] string Pdf,
    [property: Description("Null: it waits without end.")] Instant? ExpiresAt = null);

/// <summary>Not a PDF in base64.</summary>
public sealed record NoPdf(string Field) : Invalid("no_pdf", Field);

/// <summary>Not a customer's number.</summary>
public sealed record CustomerUnknown() : NotFound("customer_unknown");
