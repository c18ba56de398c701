namespace Serverless.Banking.Transfers;

/// <summary>What the directory has to know of whoever asks.</summary>
/// <param name="MayPay">The payment right; without it nothing can be ordered.</param>
/// <param name="HasCompanyAuthorisation">May act for a company (QR-19).</param>
/// <param name="HasSmartPay">SmartPay is activated (QR-27).</param>
/// <param name="IsOffered">Whether the bank has this operation's door open, by its code.</param>
public sealed record DirectoryCaller(bool MayPay, bool DeviceTrusted, bool HasCompanyAuthorisation, bool HasSmartPay, Func<string, bool> IsOffered);

/// <param name="Operations">Codes, in the order in which they are shown; those that the caller may use.</param>
/// <param name="Unavailable">Why the whole group cannot be used now: <c>smart_pay_not_activated</c>; null when it can.</param>
public sealed record DirectoryGroup(string Code, IReadOnlyList<string> Operations, string? Unavailable);

/// <summary>The groups of operations in their order, and what of them the caller may use (TRF-01).</summary>
public static class OperationDirectory
{
    /// <summary>In the order of the app. The manual says five groups and lists these six.</summary>
    private static readonly (string Group, string[] Operations)[] Groups =
    [
        ("transfers", ["own_transfer", "inside_transfer", "national_transfer", "international_transfer", "phone_transfer", "money_request", "pension_contribution", "remittance", "periodic_transfer"]),
        ("payments", ["catalogue_payment"]),
        ("bills", ["bill_payment", "bill_contract", "bill_authorisation"]),
        ("currency_exchange", ["currency_exchange", "preferential_rate"]),
        ("cardless", ["cardless_withdrawal", "qr_withdrawal", "qr_deposit", "business_qr_deposit"]),
        ("scan_and_pay", ["qr_payment", "qr_account"]),
    ];

    private static readonly string[] OnTrustedDevices = ["international_transfer", "qr_withdrawal"];

    public static IReadOnlyList<string> AllOperations { get; } = [.. Groups.SelectMany(group => group.Operations)];

    public static IReadOnlyList<DirectoryGroup> Of(DirectoryCaller caller) =>
    [
        .. Groups.Select(group => new DirectoryGroup(
            group.Group,
            [.. group.Operations.Where(operation => MayUse(operation, caller))],
            group.Group == "scan_and_pay" && !caller.HasSmartPay ? "smart_pay_not_activated" : null)),
    ];

    private static bool MayUse(string operation, DirectoryCaller caller) =>
        caller.MayPay
        && caller.IsOffered(operation)
        && (caller.DeviceTrusted || !OnTrustedDevices.Contains(operation, StringComparer.Ordinal))
        && (caller.HasCompanyAuthorisation || operation != "business_qr_deposit");
}
