using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;

namespace Serverless.Functions.CustomerApprovals;

[Description("Something that waits for the customer's yes or no, or has had it.")]
public sealed record ApprovalResponse(
    Guid Id, ApprovalKind Kind, ApprovalState Status, Instant CreatedAt, [property: Description("Null: it waits without end.")] Instant? ExpiresAt, Instant? DecidedAt,
    [property: Description("The installation it was decided on.")] string? Device, PurchaseResponse? Purchase, ApprovalDocumentResponse? Document)
{
    /// <param name="link">Where the document is fetched; null in lists.</param>
    public static ApprovalResponse From(Approval approval, DownloadLink? link) => new(
        approval.Id.Value, approval.Kind, approval.State, approval.CreatedAt, approval.ExpiresAt, approval.DecidedAt, approval.DecidedOn,
        approval.Purchase is { } purchase
            ? new PurchaseResponse(purchase.Merchant, purchase.Country, purchase.Amount, purchase.Card, purchase.At, purchase.IsByCode)
            : null,
        approval.Document is { } document
            ? new ApprovalDocumentResponse(document.Title, document.Version, document.Hash, document.Process, link is null ? null : $"/api/public/v1/downloads/{link.Token}", link?.ExpiresAt)
            : null);

    public static ApprovalResponse From(Approval approval) => From(approval, null);

    internal static ApprovalResponse WithLink(Approval approval, DownloadLinks links, Language language) => From(
        approval, approval.Document is { } document ? links.Create(new DocumentReference("approval", document.Hash, approval.Customer, language)) : null);
}

public sealed record PurchaseResponse(
    string Merchant, [property: Description("ISO 3166-1 alpha-2.")] string Country, Money Amount, [property: Description("Masked.")] string Card, Instant At,
    [property: Description("The card's bank asks by a code by SMS instead, because no phone is signed in.")] bool AskedByCode);

public sealed record ApprovalDocumentResponse(
    string Title, int Version, [property: Description("SHA-256 of the file, hexadecimal.")] string Hash, [property: Description("The kind of process that waits.")] string Process,
    [property: Description("The PDF, for some minutes; null in lists.")] string? Url, Instant? UrlExpiresAt);
