using NodaTime;

namespace Serverless.Banking.Iso20022;

/// <summary>pacs.008.001.08: one bank pays customers of another.</summary>
/// <param name="Transfers">1 to <see cref="MessageXml.MostTransactions"/>.</param>
public sealed record CreditTransferMessage(GroupHeader Header, IReadOnlyList<CreditTransfer> Transfers)
{
    public const string Name = "pacs.008.001.08";
}

/// <summary>One payment of a <see cref="CreditTransferMessage"/>.</summary>
/// <param name="EndToEndId">The sender's customer's own; <c>NOTPROVIDED</c> when there is none. At most 35 characters, like the other ids.</param>
/// <param name="Amount">What moves between the banks.</param>
/// <param name="Instructed">What the sender ordered, before charges; null when it is the same.</param>
/// <param name="Charges">What was kept on the way, and by whom.</param>
/// <param name="Remittance">At most 140 characters.</param>
/// <param name="Purpose">Of the external purpose list, at most 4 characters.</param>
public sealed record CreditTransfer(
    string? InstructionId,
    string EndToEndId,
    string? TransactionId,
    Money Amount,
    LocalDate? SettlementDate,
    Money? Instructed,
    ChargeBearer ChargeBearer,
    IReadOnlyList<(Money Amount, MessageAgent Agent)> Charges,
    MessageParty Debtor,
    MessageAccount? DebtorAccount,
    MessageAgent DebtorAgent,
    MessageAgent CreditorAgent,
    MessageParty Creditor,
    MessageAccount? CreditorAccount,
    string? Purpose,
    string? Remittance);
