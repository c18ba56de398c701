namespace Serverless.Banking.Bills;

/// <summary>
/// One partition per client account: what its company last said, who claimed which invoice, and who wants to hear of new ones.
/// One query of the rows below <see cref="AfterInvoices"/> tells the state of every invoice.
/// </summary>
internal static class InvoiceKeys
{
    public const string Table = "BillInvoices";

    /// <summary>When the company was last asked, and the subscriber's name.</summary>
    public const string Account = "account";

    /// <summary>The account row, claims and invoices are below; seen marks and subscribers are not.</summary>
    public const string AfterInvoices = "invoice}";

    public const string FirstSeen = "seen|";

    public const string FirstSubscriber = "subscriber|";

    public const string AfterSubscribers = "subscriber}";

    public static string Partition(ClientAccount account) => $"{account.Company.Value}|{account.ClientCode}";

    /// <summary>There once a payment has tried to pay the invoice; inserting it twice fails, which is the point.</summary>
    public static string Claim(string number) => $"claim|{number}";

    /// <summary>An unpaid invoice as the company last reported it.</summary>
    public static string Invoice(string number) => $"invoice|{number}";

    /// <summary>This contract's owner needs no push for this invoice (any more).</summary>
    public static string Seen(ContractId contract, string number) => $"seen|{contract.Value:N}|{number}";

    public static string Subscriber(ContractId contract) => $"subscriber|{contract.Value:N}";
}

/// <summary>One row per client account that somebody registered, in one partition per company: what the poller works through.</summary>
internal static class PollingKeys
{
    public const string Table = "BillPolling";

    public static string Partition(CompanyId company) => company.Value;

    public static string Row(ClientAccount account) => account.ClientCode;
}
