namespace Serverless.Banking.Customers;

/// <summary>What a customer wants to be told without asking. Everything is on until switched off.</summary>
/// <param name="NewInvoicePush">The push for each new invoice of a registered contract (BILL-26).</param>
public sealed record NotificationSettings(bool NewInvoicePush)
{
    public static NotificationSettings Default { get; } = new(NewInvoicePush: true);
}
