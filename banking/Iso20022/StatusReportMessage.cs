namespace Serverless.Banking.Iso20022;

/// <summary>pacs.002.001.10: what became of payments.</summary>
/// <param name="Statuses">Of single transactions; one for the whole message carries no transaction ids.</param>
public sealed record StatusReportMessage(GroupHeader Header, IReadOnlyList<PaymentStatus> Statuses)
{
    public const string Name = "pacs.002.001.10";
}

/// <summary>What became of one payment.</summary>
/// <param name="Reasons">In the sender's order; a rejection should have one.</param>
public sealed record PaymentStatus(OriginalPayment Original, PaymentStatusCode Status, IReadOnlyList<StatusReason> Reasons);

/// <summary>Of the external payment transaction status list: those that this bank tells apart.</summary>
public enum PaymentStatusCode
{
    /// <summary>RCVD, PDNG, ACTC, ACCP, ACSP, ACWC, ACWP: received, the answer comes later.</summary>
    Pending,

    /// <summary>ACSC, ACCC: settled, at the creditor's bank or on his account. Final.</summary>
    Settled,

    /// <summary>RJCT: nothing was or will be paid. Final.</summary>
    Rejected,
}
