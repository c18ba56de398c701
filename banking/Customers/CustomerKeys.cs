namespace Serverless.Banking.Customers;

/// <summary>Table Customers: one partition per customer, one row per kind of data.</summary>
internal static class CustomerKeys
{
    public const string Table = "Customers";
    public const string Contact = "contact";
    public const string NotificationSettings = "notification-settings";

    public static string Partition(CustomerId customer) => customer.Value;
}
