namespace Serverless.Banking.Receipts;

/// <summary>Not a receipt that this bank signed, or one that was altered since.</summary>
public sealed record ReceiptNotGenuine() : Refused("receipt_not_genuine");
