using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Customers;
using Serverless.Banking.History;
using Serverless.Banking.Home;
using Serverless.Banking.Ledger;
using Serverless.Banking.PasswordChanges;
using Serverless.Banking.PersonalData;
using Serverless.Banking.Recoveries;
using Serverless.Banking.Registrations;
using Serverless.Banking.Storage;
using Serverless.Banking.Turnovers;
using Serverless.Functions.Applications;
using Serverless.Functions.Authentication;
using Serverless.Functions.Bills;
using Serverless.Functions.Budget;
using Serverless.Functions.Cancellations;
using Serverless.Functions.Channels;
using Serverless.Functions.Complaints;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Credentials;
using Serverless.Functions.CreditCards;
using Serverless.Functions.CustomerApprovals;
using Serverless.Functions.Deposits;
using Serverless.Functions.Desk;
using Serverless.Functions.Devices;
using Serverless.Functions.Docs;
using Serverless.Functions.Documents;
using Serverless.Functions.EKlik;
using Serverless.Functions.Fx;
using Serverless.Functions.Health;
using Serverless.Functions.Help;
using Serverless.Functions.Http;
using Serverless.Functions.Identification;
using Serverless.Functions.IdentityDocuments;
using Serverless.Functions.Insurance;
using Serverless.Functions.Interbank;
using Serverless.Functions.Messages;
using Serverless.Functions.MoneyRequests;
using Serverless.Functions.Network;
using Serverless.Functions.Newsletter;
using Serverless.Functions.Notifications;
using Serverless.Functions.Onboarding;
using Serverless.Functions.OpenApi;
using Serverless.Functions.PensionFunds;
using Serverless.Functions.Profile;
using Serverless.Functions.PublicChats;
using Serverless.Functions.Quotes;
using Serverless.Functions.Receipts;
using Serverless.Functions.Remittances;
using Serverless.Functions.Sessions;
using Serverless.Functions.SmartPay;
using Serverless.Functions.Telemetry;
using Serverless.Functions.Transfers;
using Serverless.Functions.Webhooks;
using Serverless.Workflows;

namespace Serverless.Functions;

public static class BankSetup
{
    /// <summary>The whole bank. One line per capability; a capability's options are bound here, since banking never reads configuration.</summary>
    public static IServiceCollection AddBank(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddManagedIdentity(services, configuration);
        return services
            .AddTelemetry(configuration)
            .AddHttp(configuration)
            .AddAuthentication(configuration)
            .AddSessions(configuration)
            .AddOpenApiDocument()
            .AddSingleton<DocsAssets>()
            .AddValidated<StorageOptions>(configuration, "Storage")
            .AddValidated<BooksOptions>(configuration, "Books")
            .AddLedger()
            .AddApprovals()
            .AddWebhooks(configuration)
            .AddBackOfficeDesk(configuration)
            .AddReceipts(configuration)
            .AddAccounts()
            .AddAccountServices()
            .AddDocuments(configuration)
            .AddProfiles()
            .AddHome()
            .AddHistory()
            .AddBudget(configuration)
            .AddBills(configuration)
            .AddFx(configuration)
            .AddCustomers()
            .AddCredentials(configuration)
            .AddRegistrations()
            .AddRecoveries()
            .AddPasswordChanges()
            .AddMessages(configuration)
            .AddInterbank(configuration)
            .AddRemittances(configuration)
            .AddInsurance(configuration)
            .AddDevices(configuration)
            .AddNotifications(configuration)
            .AddComplaints(configuration)
            .AddApprovalsOfCustomers()
            .AddApplications(configuration)
            .AddChannels(configuration)
            .AddIdentityDocuments(configuration)
            .AddIdentification(configuration)
            .AddOnboarding(configuration)
            .AddSingleton<WakeWorkflows>()
            .AddEKlik(configuration)
            .AddNetwork(configuration)
            .AddMoneyRequests(configuration)
            .AddSmartPay(configuration)
            .AddCreditCards(configuration)
            .AddPeriodicTransfers(configuration)
            .AddDeposits(configuration)
            .AddQuotes(configuration)
            .AddConfirmations(configuration)
            .AddTransfers(configuration)
            .AddPensionFunds(configuration)
            .AddTurnovers()
            .AddCancellations(configuration)
            .AddNewsletter(configuration)
            .AddPublicChats(configuration)
            .AddSingleton<HelpPages>()
            .AddHealth(configuration)
            .AddPersonalData();
    }

    /// <summary>Where the settings name addresses instead of connection strings, the app shows who it is; elsewhere no identity is looked for.</summary>
    private static void AddManagedIdentity(IServiceCollection services, IConfiguration configuration)
    {
        string[] addresses = ["Storage:TablesUri", "Storage:BlobsUri", "ServiceBus:fullyQualifiedNamespace"];
        if (addresses.Any(address => configuration[address] is { Length: > 0 }))
            services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
    }
}
