using Serverless.Banking.Transfers;
using Serverless.Functions.Authentication;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

/// <summary>Which operations have a door in this app: the directory offers no others, and offers a new one as soon as it is there.</summary>
public sealed class OfferedOperations
{
    /// <summary>The function that begins the operation.</summary>
    private static readonly Dictionary<string, string> Doors = new(StringComparer.Ordinal)
    {
        ["own_transfer"] = "Transfers_QuoteOwn",
        ["inside_transfer"] = "Transfers_QuoteInside",
        ["national_transfer"] = "Transfers_QuoteNational",
        ["international_transfer"] = "Transfers_QuoteInternational",
        ["phone_transfer"] = "Transfers_QuotePhone",
        ["money_request"] = "MoneyRequests_Quote",
        ["pension_contribution"] = "Transfers_QuotePension",
        ["remittance"] = "Remittances_Quote",
        ["periodic_transfer"] = "PeriodicTransfers_Quote",
        ["catalogue_payment"] = "Payments_Quote",
        ["bill_payment"] = "Bills_QuotePayment",
        ["bill_contract"] = "Bills_RegisterContract",
        ["bill_authorisation"] = "Bills_CreateAuthorisation",
        ["currency_exchange"] = "Exchange_Quote",
        ["preferential_rate"] = "PreferentialRates_Request",
        ["cardless_withdrawal"] = "Cardless_QuoteWithdrawal",
        ["qr_withdrawal"] = "Qr_QuoteWithdrawal",
        ["qr_deposit"] = "Qr_BeginDeposit",
        ["business_qr_deposit"] = "Qr_BeginBusinessDeposit",
        ["qr_payment"] = "Qr_QuotePayment",
        ["qr_account"] = "Qr_OpenAccount",
    };

    private readonly HashSet<string> functions;

    public OfferedOperations(FunctionCatalogue catalogue) =>
        functions = catalogue.All.Select(function => function.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Nobody can yet act for a company: the bank keeps no such authorisation.</summary>
    internal DirectoryCaller Of(CustomerCaller caller, bool hasSmartPay) => new(
        caller.MayPay, caller.DeviceTrusted, HasCompanyAuthorisation: false, hasSmartPay, operation => functions.Contains(Doors[operation]));
}
