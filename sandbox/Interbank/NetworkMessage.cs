using Serverless.Sandbox.Billers;

namespace Serverless.Sandbox.Interbank;

/// <summary>A message of the bank as the network took it.</summary>
/// <param name="Kind"><c>pacs.008</c> or <c>pacs.004</c>.</param>
/// <param name="Reason">Of a rejection or a return: an ISO 20022 code.</param>
internal sealed record NetworkMessage(
    string MessageId, string Kind, string? EndToEndId, string? TransactionId, Money Amount, string? Debtor, string? Creditor, string? CreditorAccount,
    string? Remittance, string ChargeBearer, NetworkStatus Status, string? Reason, DateTimeOffset ReceivedAt, int TimesSent, string Xml);

internal enum NetworkStatus
{
    /// <summary>Taken; nothing is said yet.</summary>
    Received,
    Settled,
    Rejected,

    /// <summary>Settled, and sent back.</summary>
    Returned,
}
