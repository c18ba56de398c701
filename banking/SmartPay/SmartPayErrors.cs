using NodaTime;

namespace Serverless.Banking.SmartPay;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record QrAccountNotFound() : NotFound("qr_account_not_found");

/// <summary>Unknown, or somebody else's.</summary>
public sealed record QrRequestNotFound() : NotFound("qr_request_not_found");

/// <summary>Only current accounts are paid by scanning (QR-23).</summary>
public sealed record NotACurrentAccount(Ledger.AccountType AccountType) : Refused("not_a_current_account");

/// <summary>The account has a QR account already, this one.</summary>
public sealed record QrAccountExists(Guid QrAccount) : Conflict("qr_account_exists");

/// <summary>The QR account was deleted: its codes are refused.</summary>
public sealed record QrAccountDeleted() : Conflict("qr_account_deleted");

/// <summary>The text is no code of this bank, or somebody has altered it.</summary>
public sealed record QrCodeUnknown(string Field) : Invalid("qr_code_unknown", Field);

/// <summary>Nobody pays himself by scanning: a transfer between own accounts does that.</summary>
public sealed record OwnQrAccount() : Refused("own_qr_account");

/// <summary>A request with an amount is paid once.</summary>
public sealed record QrRequestPaid() : Conflict("qr_request_paid");

/// <summary>A payment of it is under way.</summary>
public sealed record QrRequestBeingPaid() : Conflict("qr_request_being_paid");

public sealed record QrRequestExpired(Instant ExpiredAt) : Conflict("qr_request_expired");

/// <summary>The code has no amount, so the payer says how much.</summary>
public sealed record QrAmountMissing(string Field) : Invalid("qr_amount_missing", Field);

/// <summary>The code's amount cannot be changed (QR-26).</summary>
public sealed record QrAmountFixed(string Field) : Invalid("qr_amount_fixed", Field);
