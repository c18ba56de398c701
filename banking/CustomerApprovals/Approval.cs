using System.Buffers.Binary;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.CustomerApprovals;

/// <remarks>The default value of this type is no approval. Ids sort newest first.</remarks>
public readonly record struct ApprovalId(Guid Value)
{
    private const long Last = 0xFFFFFFFFFFFF;

    internal static ApprovalId Of(Instant createdAt, params ReadOnlySpan<string> parts)
    {
        Span<byte> bytes = stackalloc byte[16];
        StableGuid.Of(parts).TryWriteBytes(bytes, bigEndian: true, out _);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, Last - createdAt.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        return new ApprovalId(new Guid(bytes, bigEndian: true));
    }

    public override string ToString() => Value.ToString("D");
}

/// <summary>Something that waits for a customer's yes or no, or has had it.</summary>
/// <param name="ExpiresAt">Null: it waits until its process takes it back.</param>
/// <param name="DecidedOn">The installation it was decided on; null while it is not, and when nobody decided.</param>
public sealed record Approval(
    ApprovalId Id, CustomerId Customer, ApprovalState State, Instant CreatedAt, Instant? ExpiresAt, Instant? DecidedAt, string? DecidedOn)
{
    /// <summary>Exactly one of these two.</summary>
    public CardPurchase? Purchase { get; init; }

    /// <summary>Exactly one of these two.</summary>
    public ApprovalDocument? Document { get; init; }

    public ApprovalKind Kind => Purchase is null ? ApprovalKind.Document : ApprovalKind.CardPurchase;
}

/// <param name="TransactionId">The card server's.</param>
/// <param name="Card">Masked; the bank keeps no card number.</param>
/// <param name="Country">Of the merchant, ISO 3166-1 alpha-2.</param>
/// <param name="IsByCode">The card server asks by a code of its own, because no phone is signed in.</param>
public sealed record CardPurchase(string TransactionId, string Card, string Merchant, string Country, Money Amount, Instant At, bool IsByCode = false);

/// <param name="Version">1 and up; a decision names the version that was read.</param>
/// <param name="Hash">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="Process">The kind of process that waits, snake_case; <paramref name="ProcessId"/> is its own name for itself.</param>
public sealed record ApprovalDocument(string Title, int Version, string Hash, string Process, string ProcessId);

public enum ApprovalKind
{
    Document,
    CardPurchase,
}

public enum ApprovalState
{
    Pending,
    Approved,
    Rejected,
    Expired,
}

public enum ApprovalDecision
{
    Approve,
    Reject,
}
