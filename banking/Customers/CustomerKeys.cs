using Azure.Data.Tables;

namespace Serverless.Banking.Customers;

/// <summary>Table Customers: one partition per customer, one row per kind of data; and one per number that only one customer may have.</summary>
internal static class CustomerKeys
{
    public const string Table = "Customers";
    public const string Contact = "contact";
    public const string NotificationSettings = "notification-settings";

    /// <summary>The one row of a number's partition.</summary>
    public const string Owner = "owner";

    public static string Partition(CustomerId customer) => customer.Value;

    /// <summary>Whose a phone number is; hashed, so that no number stands in an address.</summary>
    public static string PhonePartition(PhoneNumber phone) => $"phone|{Ledger.TransactionId.Derive("phone", phone.Value)}";

    /// <summary>Whose a personal number is; hashed for the same reason.</summary>
    public static string PersonPartition(PersonalNumber number) => $"person|{Ledger.TransactionId.Derive("person", number.Value)}";

    /// <summary>Who has an e-mail address, of several the last; hashed for the same reason.</summary>
    public static string EmailPartition(string email) => $"email|{Ledger.TransactionId.Derive("email", email.ToLowerInvariant())}";

    public static TableEntity EmailOwner(string email, CustomerId customer) => new(EmailPartition(email), Owner) { ["Customer"] = customer.Value };
}
