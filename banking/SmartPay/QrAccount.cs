using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.SmartPay;

/// <summary>A face of a current account that is paid by scanning (QR-23): what the payer sees instead of a number.</summary>
/// <param name="Description">The owner's own words; null for none.</param>
/// <param name="Code">The text of its QR code: what was printed stays good.</param>
/// <param name="DeletedAt">From then on its codes are refused (QR-24).</param>
public sealed record QrAccount(QrAccountId Id, CustomerId Owner, AccountId Account, string? Description, string Code, Instant OpenedAt, Instant? DeletedAt)
{
    public bool IsDeleted => DeletedAt is not null;
}

/// <remarks>The default value of this type is no QR account.</remarks>
public readonly record struct QrAccountId(Guid Value)
{
    /// <summary>A key opens one account, however often it is sent.</summary>
    internal static QrAccountId Of(CustomerId owner, IdempotencyKey key) => new(StableGuid.Of("qr_account", owner.Value, key.Value));

    public override string ToString() => Value.ToString("D");
}
