namespace Serverless.Banking.Notifications;

/// <summary>What a notice says. The words are in <c>Texts/{language}.json</c> under the kind's code.</summary>
public enum NoticeKind
{
    /// <summary>A company issued an invoice for a registered contract (BILL-10). Facts: company, contract, amount, invoiceDate.</summary>
    NewInvoice,

    /// <summary>An invoice of a manual authorisation waits to be paid (BILL-19). Facts: company, contract, amount, invoiceNumber.</summary>
    InvoiceReminder,

    /// <summary>An invoice was paid (BILL-20). Facts: company, contract, invoiceNumber, amount, date, account (masked).</summary>
    InvoicePaid,

    /// <summary>The automatic payment of an invoice did not happen and is tried again (BILL-18, BILL-23). Facts: company, contract, invoiceNumber, amount, reason.</summary>
    AutomaticPaymentRetried,

    /// <summary>The automatic payment of an invoice was given up (BILL-18, BILL-23). Facts: company, contract, invoiceNumber, amount, reason.</summary>
    AutomaticPaymentFailed,

    /// <summary>The invoice is above the authorisation's maximum and was left unpaid (BILL-18). Facts: company, contract, invoiceNumber, amount, maximum.</summary>
    InvoiceAboveMaximum,

    /// <summary>The company could not be asked for the invoices of an automatic authorisation (BILL-18). Facts: company, contract.</summary>
    CompanyUnreachable,

    /// <summary>A payment that the company refused was given back (BILL-28). Facts: company, invoiceNumber, amount.</summary>
    PaymentReturned,

    /// <summary>Money from another bank arrived (TRF-40). Facts: amount, name.</summary>
    IncomingTransfer,

    /// <summary>A transfer to another bank arrived (TRF-23). Facts: amount, name.</summary>
    TransferSettled,

    /// <summary>A transfer to another bank was refused, and its hold is lifted (TRF-37). Facts: amount, name.</summary>
    TransferRejected,

    /// <summary>A transfer to another bank came back (TRF-40). Facts: amount, name.</summary>
    TransferReturned,

    /// <summary>Money sent through the remitter is on the account (TRF-27). Facts: amount.</summary>
    RemittanceCredited,

    /// <summary>An insurer has issued a policy that the customer has paid (PAY-17). Facts: insurer, amount.</summary>
    PolicyIssued,

    /// <summary>The same; what the insurer e-mails is a copy, and the original is received within one to two working days (PAY-19, PAY-20). Facts: insurer, amount.</summary>
    PolicyOriginalFollows,

    /// <summary>An insurer has refused an order or did not answer, and the money is free again (PAY-17). Facts: insurer, amount.</summary>
    PolicyNotIssued,

    /// <summary>Somebody asks for money (REQ-07). Facts: name, amount.</summary>
    MoneyRequested,

    /// <summary>A money request still waits for an answer (REQ-16). Facts: name, amount.</summary>
    MoneyRequestReminder,

    /// <summary>A money request was paid (REQ-14). Facts: name, amount.</summary>
    MoneyRequestPaid,

    /// <summary>The payer declined a money request (REQ-15). Facts: name, amount.</summary>
    MoneyRequestDeclined,

    /// <summary>The requester withdrew a money request (REQ-15). Facts: name, amount.</summary>
    MoneyRequestWithdrawn,

    /// <summary>A money request expired unanswered (REQ-16). Facts: name, amount.</summary>
    MoneyRequestExpired,

    /// <summary>A standing transfer was executed (TRF-33). Facts: name, amount, date.</summary>
    PeriodicTransferMade,

    /// <summary>A standing transfer lacked money and is tried again (TRF-41). Facts: name, amount, time, reason.</summary>
    PeriodicTransferRetried,

    /// <summary>A standing transfer was missed (TRF-41). Facts: name, amount, date, reason.</summary>
    PeriodicTransferMissed,

    /// <summary>A long statement was made (ACC-19). Facts: from, to.</summary>
    StatementReady,

    /// <summary>The statement that the customer asked for (ACC-08), with the file. Facts: from, to.</summary>
    StatementByEmail,

    /// <summary>The statement of a period, as chosen for the account (ACC-16), with the file. Facts: from, to.</summary>
    PeriodicStatement,

    /// <summary>Four fifths of the month's budget are spent (HIST-16). Facts: spent, budget.</summary>
    BudgetNearlyUsed,

    /// <summary>The month's budget is spent (HIST-16). Facts: spent, budget.</summary>
    BudgetUsedUp,

    /// <summary>The morning of a planned expense (HIST-16). Facts: what, amount, date.</summary>
    PlannedExpense,

    /// <summary>Another customer has sent money (TRF-11). Facts: name, amount.</summary>
    TransferReceived,

    /// <summary>The other party of a transfer has written (TRF-13); the text is not told. Facts: amount.</summary>
    TransferMessage,

    /// <summary>A contribution to a pension fund was paid, as its payer wanted to be told (TRF-25). Facts: amount, name, date.</summary>
    PensionContributionPaid,

    /// <summary>A contribution that the fund's manager refused was given back (TRF-25). Facts: amount, name, date.</summary>
    PensionContributionReturned,

    /// <summary>A device was authorised as trusted (AUTH-27). Facts: device.</summary>
    DeviceTrusted,

    /// <summary>A device is not trusted any more (AUTH-27). Facts: device.</summary>
    DeviceTrustRemoved,

    /// <summary>A trusted device was not used for long (PROF-31). Facts: device.</summary>
    DeviceTrustDormant,

    /// <summary>Staff cut off a lost device (PROF-29). Facts: device.</summary>
    DeviceCutOff,

    /// <summary>Biometric login was switched on (AUTH-27). Facts: device.</summary>
    BiometricsOn,

    /// <summary>Biometric login was switched off (AUTH-27). Facts: device.</summary>
    BiometricsOff,

    /// <summary>Smart OTP was switched on (AUTH-27). Facts: device.</summary>
    SmartOtpOn,

    /// <summary>Smart OTP was switched off (AUTH-27). Facts: device.</summary>
    SmartOtpOff,

    /// <summary>The Soft PIN was switched on (AUTH-27). Facts: device.</summary>
    SoftPinOn,

    /// <summary>The Soft PIN was switched off (AUTH-27). Facts: device.</summary>
    SoftPinOff,

    /// <summary>Mobile banking was blocked for loss or suspicion (LIFE-13). Facts: date.</summary>
    ChannelBlocked,

    /// <summary>The code of a login (AUTH-02). Secret word: code; also of the next ones.</summary>
    LoginCode,

    /// <summary>The code of a registration (ONB-06).</summary>
    RegistrationCode,

    /// <summary>The code of a password's recovery (AUTH-12).</summary>
    RecoveryCode,

    /// <summary>The code that confirms a payment (AUTH-29). Facts: amount, payee.</summary>
    PaymentCode,

    /// <summary>The code that confirms a change of security settings (AUTH-29).</summary>
    SecurityCode,

    /// <summary>The code that proves an e-mail address or a telephone number.</summary>
    ContactCode,

    /// <summary>The code that signs a contract (ONB-21). Facts: number; secret: code.</summary>
    ContractCode,

    /// <summary>An application to become a customer waits for its applicant (ONB-27). Facts: date (its end).</summary>
    OnboardingReminder,

    /// <summary>The bank has looked at an application: its applicant goes on (ONB-30). Facts: date (its end).</summary>
    OnboardingContinues,

    /// <summary>An application was refused; never why (ONB-29). Facts: none.</summary>
    OnboardingRefused,

    /// <summary>An application has expired (ONB-27). Facts: none.</summary>
    OnboardingExpired,

    /// <summary>Somebody is a customer now (ONB-23). Facts: none.</summary>
    OnboardingCompleted,

    /// <summary>For compliance: an application was not decided within its time (ONB-27). Facts: number, date.</summary>
    OnboardingEscalated,

    /// <summary>The password was changed (AUTH-27). Facts: date.</summary>
    PasswordChanged,

    /// <summary>The customer was registered for the app and the Internet Branch (ONB-08). Facts: date.</summary>
    RegistrationCompleted,

    /// <summary>A complaint or a suggestion has arrived (NOTE-20). Facts: number.</summary>
    RequestReceived,

    /// <summary>The bank has answered a complaint or a suggestion (NOTE-04); the text is not told. Facts: number.</summary>
    RequestAnswered,

    /// <summary>For the bank's own people: a complaint is unanswered beyond its term (NOTE-20). Facts: number, date.</summary>
    RequestEscalated,

    /// <summary>A card purchase waits for the customer's answer (NOTE-10). Facts: merchant, amount, card (masked).</summary>
    PurchaseToApprove,

    /// <summary>A document waits for the customer's answer (NOTE-12). Facts: document.</summary>
    DocumentToApprove,

    /// <summary>A card can be collected (NOTE-13). Facts: branch, card (masked).</summary>
    CardReady,

    /// <summary>The code that confirms a new e-mail address (PROF-25). Facts: minutes; secret: code.</summary>
    EmailCode,

    /// <summary>The e-mail address of a customer was changed; to the old one (PROF-25). Facts: email (masked).</summary>
    EmailChanged,

    /// <summary>The residence address of a customer was changed (PROF-25). Facts: none.</summary>
    AddressChanged,

    /// <summary>The code with which a user of eKlik is activated (EKL-01). Facts: user, days; secret: code.</summary>
    EKlikActivationCode,

    /// <summary>The link that resets a password of eKlik (EKL-08). Facts: user, minutes; secret: link.</summary>
    EKlikResetLink,

    /// <summary>A user of eKlik has a new password (EKL-03, EKL-08). Facts: user, date.</summary>
    EKlikPasswordSet,

    /// <summary>A user of eKlik was blocked (EKL-09, EKL-26). Facts: user, date.</summary>
    EKlikBlocked,

    /// <summary>A user of eKlik has, or is about to have, another token (EKL-11, EKL-12). Facts: user, date.</summary>
    EKlikTokenChanged,

    /// <summary>For a personal banker: a customer asks to be called (PROF-07). Facts: name, customer, phone, text.</summary>
    BankerContactRequested,

    /// <summary>For the contact centre: a customer asks for a payment to be cancelled; its details are attached (EKL-18). Facts: number, customer, why.</summary>
    CancellationRequested,

    /// <summary>A payment was cancelled at the customer's request (EKL-19). Facts: number.</summary>
    CancellationDone,

    /// <summary>A request to cancel a payment was refused (EKL-19). Facts: number.</summary>
    CancellationRefused,

    /// <summary>For the treasury: a business day has no rates (FX-22). Facts: date.</summary>
    FxRatesMissing,

    /// <summary>For the treasury: a request for a preferential rate waits for its decision (FX-23). Facts: number, amount, time.</summary>
    FxRequestWaiting,

    /// <summary>The treasury has confirmed a preferential rate (FX-11). Facts: amount, rate, time.</summary>
    FxRateConfirmed,

    /// <summary>The treasury has rejected a request for a preferential rate (FX-11). Facts: amount.</summary>
    FxRateRejected,

    /// <summary>A confirmed preferential rate ends soon (FX-18). Facts: amount, rate, time.</summary>
    FxRateReminder,

    /// <summary>A request for a preferential rate has expired (FX-18). Facts: amount.</summary>
    FxRateExpired,

    /// <summary>An application was submitted (PROD-12, PROD-27). Facts: product.</summary>
    ApplicationSubmitted,

    /// <summary>An application was approved (PROD-13). Facts: product, limit.</summary>
    ApplicationApproved,

    /// <summary>The bank offers less than was asked for (PROD-14). Facts: product, limit.</summary>
    ApplicationLimitOffered,

    /// <summary>An application was declined (PROD-13). Facts: product.</summary>
    ApplicationDeclined,

    /// <summary>An application was taken back (PROD-33). Facts: product.</summary>
    ApplicationWithdrawn,

    /// <summary>An application ended because nobody went on with it (PROD-31). Facts: product.</summary>
    ApplicationExpired,

    /// <summary>An application waits for its applicant (PROD-31). Facts: product, date.</summary>
    ApplicationReminder,

    /// <summary>For the cards desk: an application waits for its decision (PROD-34). Facts: number, date.</summary>
    ApplicationReviewWaiting,

    /// <summary>An overdraft can be used (PROD-27). Facts: limit.</summary>
    OverdraftActive,

    /// <summary>The camera could not identify an applicant: a branch goes on (PROD-32). Facts: product.</summary>
    ApplicationToBranch,

    /// <summary>A credit card was signed for and ordered (PROD-21). Facts: branch.</summary>
    CardOrdered,

    /// <summary>A card lies at the branch (PROD-21). Facts: branch.</summary>
    CardUncollected,

    /// <summary>For the cards desk: a card was refused, is late or not collected (PROD-21). Facts: number.</summary>
    CardOrderTrouble,

    /// <summary>A deposit matures in some days (LDP-32). Facts: contract, amount, date.</summary>
    DepositMaturityReminder,

    /// <summary>A deposit was renewed (LDP-10). Facts: contract, amount, rate, date (of its maturity).</summary>
    DepositRenewed,

    /// <summary>A deposit was paid out and closed (LDP-10). Facts: contract, amount.</summary>
    DepositPaidOut,

    /// <summary>The interest of a deposit that goes on was paid (LDP-10). Facts: contract, amount.</summary>
    DepositInterestPaid,

    /// <summary>No account of the customer takes what a deposit pays (LDP-10). Facts: contract.</summary>
    DepositPaymentWaiting,

    /// <summary>For the deposits desk: the same (LDP-10). Facts: contract, customer.</summary>
    DepositPaymentToDesk,

    /// <summary>Asks the owner of an address whether it wants the newsletter (EKL-29). Secret: link, unsubscribe.</summary>
    NewsletterConfirmation,

    /// <summary>An issue of the newsletter (EKL-22). Facts: title, text; secret: unsubscribe.</summary>
    Newsletter,

    /// <summary>An application for a pension fund was confirmed (LDP-15). Facts: plan.</summary>
    PensionApplicationSubmitted,

    /// <summary>The management company has contacted the customer (LDP-16). Facts: plan.</summary>
    PensionClientContacted,

    /// <summary>The contract of a pension fund is signed (LDP-16). Facts: plan.</summary>
    PensionFundActive,

    /// <summary>An application for a pension fund came to nothing (LDP-15). Facts: plan.</summary>
    PensionApplicationCancelled,

    /// <summary>An application for a pension fund waits for the customer (LDP-15). Facts: plan, date.</summary>
    PensionApplicationReminder,

    /// <summary>For the back office: nobody has contacted a customer in time (LDP-15). Facts: number, company, date.</summary>
    PensionContactOverdue,

    /// <summary>An automatic contribution was collected (LDP-21). Facts: amount, date, plan.</summary>
    FundContributionCollected,

    /// <summary>An automatic contribution failed and is tried again (LDP-28). Facts: amount, date, reason.</summary>
    FundContributionRetried,

    /// <summary>An automatic contribution was skipped (LDP-28). Facts: amount, date, reason.</summary>
    FundContributionSkipped,

    /// <summary>Three contributions in a row were skipped: nothing is collected any more (LDP-28). Facts: plan.</summary>
    FundAuthorisationSuspended,
}
