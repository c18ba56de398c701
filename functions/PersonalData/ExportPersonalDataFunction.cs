using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.PersonalData;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.PersonalData;

public sealed class ExportPersonalDataFunction(ExportPersonalData export)
{
    [Function("PersonalData_Export")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("Everything that the bank holds about a customer, in one document.", Details = "For the customer's right of access. Documents and the picture are in it, in base64. What only proves something (hashes, keys, sealed words) is not. Reading it is in the audit trail.")]
    [Answers<DataExportResponse>]
    [Refuses<CustomerNumberMalformed>, Refuses<NothingHeld>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/customers/{customerNumber}/personal-data")] HttpRequest request, string customerNumber) =>
        Customer(customerNumber)
            .Then(customer => export.RunAsync(customer, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(DataExportResponse.From(it)));

    /// <returns>Or <see cref="CustomerNumberMalformed"/>.</returns>
    internal static Result<CustomerId> Customer(string customerNumber) =>
        CustomerId.Find(customerNumber) is { } customer ? customer : new CustomerNumberMalformed("customerNumber");
}

public sealed record DataExportResponse(
    [property: Example("100000001")] string CustomerNumber, Instant ExportedAt, IReadOnlyList<DataExportSectionResponse> Sections, IReadOnlyList<DataExportDocumentResponse> Documents)
{
    internal static DataExportResponse From(PersonalDataExport it) => new(
        it.Customer.Value, it.ExportedAt, [.. it.Sections.Select(section => new DataExportSectionResponse(section.Name, section.Ground, section.Rows))],
        [.. it.Documents.Select(kept => new DataExportDocumentResponse(kept.Kind, kept.Id, kept.File.Name, kept.File.ContentType, Convert.ToBase64String(kept.File.Content)))]);
}

public sealed record DataExportSectionResponse(
    [property: Example("transfers")] string Name,
    [property: Description("Why it is kept: as long as the relationship lasts, for the books (ten years), or against money laundering (five years after its end).")] RetentionGround Ground,
    [property: Description("As they are stored.")] IReadOnlyList<JsonNode> Rows);

public sealed record DataExportDocumentResponse(
    [property: Example("profile_photo")] string Kind, string Id, [property: Example("photo.jpg")] string Name, [property: Example("image/jpeg")] string ContentType,
    [property: Description("Base64.")] string Content);
