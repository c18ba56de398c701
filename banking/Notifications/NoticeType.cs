namespace Serverless.Banking.Notifications;

/// <summary>What a customer can switch on and off (NOTE-16), and what cannot be (PROF-32).</summary>
public enum NoticeType
{
    IncomingTransfer,
    OutgoingTransfer,
    DebitCardOperation,
    CreditCardOperation,
    BillPaid,
    BillNew,

    /// <summary>An automatic payment was made or failed; standing transfers too.</summary>
    Autopay,
    CardPaymentDue,
    LoanInstalmentDue,
    DepositMaturity,
    StatementReady,
    CardlessOperation,
    MoneyRequest,
    FxRequestStatus,
    ApplicationStatus,
    Campaign,

    /// <summary>The other party of a transfer has written.</summary>
    TransferMessage,
    Budget,

    /// <summary>The bank has answered a complaint or a suggestion.</summary>
    RequestAnswer,

    /// <summary>Credentials, devices, the channel itself. Mandatory; also whatever nobody has classified.</summary>
    Security,

    /// <summary>Mandatory.</summary>
    OneTimeCode,

    /// <summary>A card purchase waits for the customer's answer. Mandatory.</summary>
    PurchaseApproval,
}

public static class NoticeTypes
{
    public static IReadOnlyList<NoticeType> All { get; } = Enum.GetValues<NoticeType>();

    public static IReadOnlyList<NoticeType> Switchable { get; } = [.. All.Where(type => !type.IsMandatory())];

    /// <summary>Always told; and when a push cannot be delivered, by SMS (NOTE-18).</summary>
    public static bool IsMandatory(this NoticeType type) => type is NoticeType.Security or NoticeType.OneTimeCode or NoticeType.PurchaseApproval;

    /// <summary>A kind that nobody has classified is security: better told too often than switched off by mistake.</summary>
    public static NoticeType TypeOf(NoticeKind kind) => kind switch
    {
        NoticeKind.NewInvoice or NoticeKind.InvoiceReminder => NoticeType.BillNew,
        NoticeKind.InvoicePaid or NoticeKind.PaymentReturned => NoticeType.BillPaid,
        NoticeKind.AutomaticPaymentRetried or NoticeKind.AutomaticPaymentFailed or NoticeKind.InvoiceAboveMaximum or NoticeKind.CompanyUnreachable
            or NoticeKind.FundContributionCollected or NoticeKind.FundContributionRetried or NoticeKind.FundContributionSkipped or NoticeKind.FundAuthorisationSuspended
            or NoticeKind.PeriodicTransferMade or NoticeKind.PeriodicTransferRetried or NoticeKind.PeriodicTransferMissed => NoticeType.Autopay,
        NoticeKind.IncomingTransfer or NoticeKind.RemittanceCredited or NoticeKind.TransferReceived => NoticeType.IncomingTransfer,
        NoticeKind.TransferSettled or NoticeKind.TransferRejected or NoticeKind.TransferReturned
            or NoticeKind.PensionContributionPaid or NoticeKind.PensionContributionReturned
            or NoticeKind.PolicyIssued or NoticeKind.PolicyOriginalFollows or NoticeKind.PolicyNotIssued => NoticeType.OutgoingTransfer,
        NoticeKind.MoneyRequested or NoticeKind.MoneyRequestReminder or NoticeKind.MoneyRequestPaid or NoticeKind.MoneyRequestDeclined
            or NoticeKind.MoneyRequestWithdrawn or NoticeKind.MoneyRequestExpired => NoticeType.MoneyRequest,
        NoticeKind.StatementReady or NoticeKind.StatementByEmail or NoticeKind.PeriodicStatement => NoticeType.StatementReady,
        NoticeKind.BudgetNearlyUsed or NoticeKind.BudgetUsedUp or NoticeKind.PlannedExpense => NoticeType.Budget,
        NoticeKind.NewsletterConfirmation or NoticeKind.Newsletter => NoticeType.Campaign,
        NoticeKind.DepositMaturityReminder or NoticeKind.DepositRenewed or NoticeKind.DepositPaidOut or NoticeKind.DepositInterestPaid
            or NoticeKind.DepositPaymentWaiting => NoticeType.DepositMaturity,
        NoticeKind.CancellationDone or NoticeKind.CancellationRefused => NoticeType.RequestAnswer,
        NoticeKind.FxRateConfirmed or NoticeKind.FxRateRejected or NoticeKind.FxRateReminder or NoticeKind.FxRateExpired => NoticeType.FxRequestStatus,
        NoticeKind.TransferMessage => NoticeType.TransferMessage,
        NoticeKind.RequestReceived or NoticeKind.RequestAnswered => NoticeType.RequestAnswer,
        NoticeKind.PurchaseToApprove => NoticeType.PurchaseApproval,
        NoticeKind.DocumentToApprove => NoticeType.ApplicationStatus,
        NoticeKind.ApplicationSubmitted or NoticeKind.ApplicationApproved or NoticeKind.ApplicationLimitOffered or NoticeKind.ApplicationDeclined
            or NoticeKind.ApplicationWithdrawn or NoticeKind.ApplicationExpired or NoticeKind.ApplicationReminder or NoticeKind.OverdraftActive
            or NoticeKind.ApplicationToBranch or NoticeKind.CardOrdered or NoticeKind.CardUncollected
            or NoticeKind.PensionApplicationSubmitted or NoticeKind.PensionClientContacted or NoticeKind.PensionFundActive or NoticeKind.PensionApplicationCancelled
            or NoticeKind.PensionApplicationReminder => NoticeType.ApplicationStatus,
        NoticeKind.CardReady => NoticeType.DebitCardOperation,
        NoticeKind.EmailCode or NoticeKind.EKlikActivationCode or NoticeKind.EKlikResetLink => NoticeType.OneTimeCode,
        _ => NoticeType.Security,
    };
}
