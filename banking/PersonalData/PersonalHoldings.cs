using Serverless.Banking.Accounts;
using Serverless.Banking.Applications;
using Serverless.Banking.Bills;
using Serverless.Banking.Budget;
using Serverless.Banking.Cancellations;
using Serverless.Banking.Complaints;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Credentials;
using Serverless.Banking.CreditCards;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Deposits;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Banking.Fx;
using Serverless.Banking.Insurance;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Network;
using Serverless.Banking.Notifications;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Profile;
using Serverless.Banking.Remittances;
using Serverless.Banking.Salaries;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.PersonalData;

/// <summary>Every table of the bank, and what it holds about persons. A test finds a table that is not here.</summary>
internal static class PersonalHoldings
{
    /// <summary>In the order in which they are erased: first what lets somebody in, last by what the customer is found.</summary>
    public static IReadOnlyList<PersonalHolding> All { get; } =
    [
        new(SessionTable.Name, "sessions", PersonalRows.Customer, RetentionGround.Relationship),
        new(EKlikTable.Name, "eklik", PersonalRows.EKlikUser, RetentionGround.Relationship),
        new(EKlikTable.Name, "eklikUsers", PersonalRows.CustomerPrefixed, RetentionGround.Relationship),
        new(CredentialKeys.Table, "access", PersonalRows.Customer, RetentionGround.Relationship, CredentialKeys.Contract),
        new(DeviceKeys.Table, "devices", PersonalRows.Customer, RetentionGround.Relationship),
        new(DeviceKeys.Table, "rememberedDevices", PersonalRows.CustomerColumn, RetentionGround.Relationship),
        new(ConfirmationBooks.Name, "confirmations", PersonalRows.Customer, RetentionGround.Relationship),
        new(BeneficiaryTable.Name, "beneficiaries", PersonalRows.Customer, RetentionGround.Relationship),
        new(NetworkKeys.Table, "network", PersonalRows.Customer, RetentionGround.Relationship),
        new(BudgetKeys.Table, "budget", PersonalRows.Customer, RetentionGround.Relationship),
        new(NotificationList.Table, "notifications", PersonalRows.Customer, RetentionGround.Relationship),
        new(NoticeKeys.Table, "messages", PersonalRows.CustomerColumn, RetentionGround.Relationship),
        new(OfferTable.Name, "insuranceOffers", PersonalRows.Customer, RetentionGround.Relationship),
        new(ProfileTable.Name, "profile", PersonalRows.Customer, RetentionGround.Relationship),
        new(CustomerKeys.Table, "contact", PersonalRows.Customer, RetentionGround.Relationship),
        new(AccountKeys.Table, "accounts", PersonalRows.CustomerPrefixed, RetentionGround.Accounting),
        new(LedgerKeys.Table, "entries", PersonalRows.Account, RetentionGround.Accounting),
        new(SalaryNotes.Name, "salaries", PersonalRows.Account, RetentionGround.Accounting),
        new(StatementKeys.Table, "statementSubscriptions", PersonalRows.AccountPrefixed, RetentionGround.Accounting),
        new(StatementKeys.Table, "statements", PersonalRows.CustomerPrefixed, RetentionGround.Accounting),
        new(TransferKeys.Table, "transfers", PersonalRows.Customer, RetentionGround.Accounting),
        new(InterbankOrders.Name, "interbankOrders", PersonalRows.Transfer, RetentionGround.Accounting),
        new(TransferThread.Table, "transferMessages", PersonalRows.Transfer, RetentionGround.Accounting),
        new(PeriodicKeys.Table, "standingTransfers", PersonalRows.Customer, RetentionGround.Accounting),
        new(MoneyRequestKeys.Table, "moneyRequests", PersonalRows.Customer, RetentionGround.Accounting),
        new(InstalmentPlanTable.Name, "instalmentPlans", PersonalRows.Customer, RetentionGround.Accounting),
        new(SmartPayKeys.Table, "smartPay", PersonalRows.Customer, RetentionGround.Accounting),
        new(ContractKeys.Table, "billContracts", PersonalRows.Customer, RetentionGround.Accounting),
        new(AuthorisationKeys.Table, "billAuthorisations", PersonalRows.Customer, RetentionGround.Accounting),
        new(PaymentKeys.Table, "billPayments", PersonalRows.Customer, RetentionGround.Accounting),
        new(ExchangeTable.Name, "exchanges", PersonalRows.Customer, RetentionGround.Accounting),
        new(RateRequestTable.Name, "preferentialRates", PersonalRows.Customer, RetentionGround.Accounting),
        new(DepositTable.Name, "deposits", PersonalRows.Customer, RetentionGround.Accounting),
        new(LedgerKeys.Table, "depositEntries", PersonalRows.Deposit, RetentionGround.Accounting),
        new(FundTable.Name, "pensionFunds", PersonalRows.Customer, RetentionGround.Accounting),
        new(RemittanceTable.Name, "remittances", PersonalRows.CustomerColumn, RetentionGround.Accounting),
        new(PurchaseTable.Name, "insurancePolicies", PersonalRows.Customer, RetentionGround.Accounting),
        new(CancellationTable.Name, "cancellations", PersonalRows.Customer, RetentionGround.Accounting),
        new(ApplicationTable.Name, "applications", PersonalRows.Customer, RetentionGround.AntiMoneyLaundering),
        new(ApprovalKeys.Table, "approvals", PersonalRows.Customer, RetentionGround.AntiMoneyLaundering),
        new(ServiceRequestKeys.Table, "complaints", PersonalRows.Customer, RetentionGround.AntiMoneyLaundering),
    ];

    /// <summary>Tables that are in no export, and why.</summary>
    public static IReadOnlyDictionary<string, string> Others { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["audit"] = "ids and codes; whoever is answerable for the trail reads it out",
        ["approvals"] = "what staff decided, by ids",
        ["journals"] = "open journals, gone when they end",
        ["holds"] = "holds by their end, gone with them",
        ["suspense"] = "money without an owner",
        ["proofs"] = "trial balances",
        ["budgetreviews"] = "when a budget is looked at next",
        ["BillCollections"] = "when an authorisation is looked at next",
        ["BillOpenPayments"] = "payments under way, gone when they end",
        ["BillInvoices"] = "a company's client account, whoever has registered it",
        ["BillPolling"] = "client accounts by company",
        ["Calendar"] = "days off",
        ["dayrates"] = "rates",
        ["fxboards"] = "rates",
        ["DeviceDue"] = "what is still to be told, gone within minutes",
        ["DeviceNonces"] = "challenges, gone within minutes",
        ["deskstaff"] = "members of staff and their roles, no customers",
        ["ExpiredProofs"] = "when proofs of minutes are erased",
        ["OneTimeCodes"] = "codes of minutes, hashed",
        ["LoginChallenges"] = "logins of minutes",
        ["Registrations"] = "registrations of an hour",
        ["Recoveries"] = "recoveries of an hour",
        ["InterbankExceptions"] = "other banks' messages that nobody could be found for",
        ["InterbankReturns"] = "other banks' payments on their way back",
        ["Onboarding"] = "sealed: the export opens a customer's own; others' are erased by their own timer",
        ["MoneyRequestsDue"] = "when a request is looked at next",
        ["Newsletter"] = "addresses, by hash, of whoever asked for it; the letter's own link takes them off",
        ["OutboxPointers"] = "what is still to follow, gone within minutes",
        [FundTable.DueName] = "when an automatic contribution is due next",
        ["PeriodicTransfersDue"] = "when a standing transfer is due next",
        ["PublicChats"] = "conversations with people who are not signed in, erased by their own timer",
        ["RateLimits"] = "counters of an hour, hashed",
        [SmartPayKeys.Owners] = "whose a QR account is, by its id",
        [SmartPayDueKeys.Table] = "when a QR request is looked at next",
        ["TransfersOpen"] = "transfers under way, gone when they end",
        ["VideoSessions"] = "of an application, and erased with it",
        ["webhooks"] = "events for back offices: ids and states",
        ["WebhookDeliveries"] = "ids of partners' messages",
    };
}
