using System.Globalization;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.SmartPay;

/// <summary>Table SmartPay: a partition for each customer who is paid by scanning; and what payers keep of their orders.</summary>
internal static class SmartPayKeys
{
    public const string Table = "SmartPay";

    /// <summary>Whose a QR account is, by its id: a code names nobody.</summary>
    public const string Owners = "SmartPayOwners";

    public const string FirstAccount = "account|";
    public const string FirstListed = "list|";
    public const string FirstReceived = "received|";
    public const string OwnerRow = "owner";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Account(QrAccountId id) => $"{FirstAccount}{id.Value:N}";

    /// <summary>There while an account has a QR account; inserting it twice fails, which is the point.</summary>
    public static string Of(AccountId account) => $"of|{account.Value:N}";

    public static string Request(QrRequestId id) => $"request|{id.Value:N}";

    /// <summary>Newest first.</summary>
    public static string Listed(QrRequest request) => $"{FirstListed}{Reversed(request.MadeAt)}|{request.Id.Value:N}";

    public static string Received(Instant at, Guid transfer) => $"{FirstReceived}{Reversed(at)}|{transfer:N}";

    /// <summary>Hashed: a key may have characters that a row key may not.</summary>
    public static string Key(Guid order) => $"key|{order:N}";

    private static string Reversed(Instant at) => (long.MaxValue - at.ToUnixTimeTicks()).ToString("D19", CultureInfo.InvariantCulture);
}

/// <summary>Table SmartPayDue: when a request is looked at next, sharded, by the moment. A row is only a pointer: the request says whether it still holds.</summary>
internal static class SmartPayDueKeys
{
    public const string Table = "SmartPayDue";
    private const int Shards = 4;

    public static IEnumerable<string> Partitions => Enumerable.Range(0, Shards).Select(Name);

    public static string Partition(QrRequestId id) => Name(id.Value.ToByteArray()[0] % Shards);

    /// <param name="attempt">0 for the end of its life; of a payment, its number.</param>
    public static string Row(Instant at, QrRequestId id, int attempt) => string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds():D11}|{id.Value:N}|{attempt:D}");

    /// <summary>Rows due at or before the moment are below.</summary>
    public static string After(Instant moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.ToUnixTimeSeconds() + 1:D11}|");

    private static string Name(int shard) => string.Create(CultureInfo.InvariantCulture, $"due|{shard:D2}");
}
