namespace Serverless.Banking.Messages;

/// <summary>The queues between the bank's timers and operations and the functions that do the work.</summary>
public static class WorkQueues
{
    /// <summary>A notice to hand to its gateway. Body: <c>{"noticeId"}</c>.</summary>
    public const string Notices = "notices";

    /// <summary>Client accounts of one company whose invoices are to be asked for. Body: <c>{"company","clientCodes"}</c>.</summary>
    public const string InvoicePolls = "invoice-polls";

    /// <summary>One authorisation whose invoices fall due. Body: <c>{"authorisationId","dueOn"}</c>.</summary>
    public const string BillCollections = "bill-collections";

    /// <summary>One step of one money request: delivery, reminder, expiry. Body: <c>{"partition","row","requester","request"}</c>.</summary>
    public const string MoneyRequests = "money-requests";

    /// <summary>One standing transfer that is due. Body: <c>{"partition","row","customer","transfer"}</c>.</summary>
    public const string PeriodicTransfers = "periodic-transfers";

    /// <summary>One fund whose automatic contribution is due. Body: <c>{"partition","row","customer","fund"}</c>.</summary>
    public const string PensionContributions = "pension-contributions";

    /// <summary>A long statement to be made. Body: <c>{"customer","jobId"}</c>.</summary>
    public const string Statements = "statements";

    /// <summary>One customer's budget to look at. Body: <c>{"partition","row"}</c>.</summary>
    public const string BudgetReviews = "budget-reviews";

    /// <summary>One event for one endpoint of a back office. Body: <c>{"endpoint","row"}</c>.</summary>
    public const string WebhookDeliveries = "webhook-deliveries";

    /// <summary>One deposit that has matured. Body: <c>{"day","customer","deposit","on"}</c>.</summary>
    public const string DepositMaturities = "deposit-maturities";

    /// <summary>One application for a card or an overdraft that has news. Body: <c>{"application"}</c>.</summary>
    public const string Applications = "applications";

    /// <summary>Somebody's six fields for a reset of an eKlik password. Body: <c>{"sealed"}</c>; there is no row: the message is handed over before the answer.</summary>
    public const string EKlikResets = "eklik-resets";
}
