namespace Serverless.Banking.Bills;

/// <summary>The company has no such invoice for this client code.</summary>
public sealed record InvoiceNotFound() : NotFound("invoice_not_found");

/// <summary>Somebody has paid it, here or elsewhere.</summary>
public sealed record InvoiceAlreadyPaid() : Conflict("invoice_already_paid");

/// <summary>Another payment of it is under way; it is paid, or free again, within moments.</summary>
public sealed record InvoiceBeingPaid() : Conflict("invoice_being_paid");

/// <summary>The company took the invoice back.</summary>
public sealed record InvoiceWithdrawn() : Conflict("invoice_withdrawn");

/// <summary>The company asks for another amount than the quote did: ask for a new quote.</summary>
/// <param name="Quoted">Amount and penalty as quoted.</param>
public sealed record InvoiceAmountChanged(Money Quoted) : Conflict("invoice_amount_changed");

/// <summary>Neither a QR code nor a barcode of a bill.</summary>
public sealed record ScannedCodeUnreadable(string Field) : Invalid("scanned_code_unreadable", Field);

/// <summary>The code names a company whose bills cannot be paid here.</summary>
public sealed record IssuerUnknown() : Refused("issuer_unknown");
