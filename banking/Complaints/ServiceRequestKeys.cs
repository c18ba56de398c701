using System.Globalization;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Complaints;

/// <summary>Table ServiceRequests; see the README.</summary>
internal static class ServiceRequestKeys
{
    public const string Table = "ServiceRequests";
    public const string Due = "due";
    public const string Open = "open";
    public const string First = "request|";
    public const string After = "request}";
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>K and eleven letters and digits that are not mistaken for each other.</summary>
    public static string Number(CustomerId customer, IdempotencyKey key)
    {
        var bytes = StableGuid.Of("service request", customer.Value, key.Value).ToByteArray();
        return "K" + string.Concat(bytes.Take(ServiceRequest.NumberLength - 1).Select(b => Letters[b % 32]));
    }

    public static bool IsNumber(string text) => text.Length == ServiceRequest.NumberLength && text[0] == 'K' && text.All(char.IsAsciiLetterOrDigit);

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Request(string number) => $"{First}{number}";

    public static string Messages(string number) => $"{First}{number}|message|";

    public static string Message(string number, Instant at, Guid id) => $"{Messages(number)}{at.ToUnixTimeTicks():D19}|{id:N}";

    public static string Key(string number, Guid id) => $"{First}{number}|key|{id:N}";

    public static string Day(LocalDate day) => $"day|{day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}";

    public static string DueAt(Instant at, CustomerId customer, string number) => $"{at.ToUnixTimeMilliseconds():D14}|{customer.Value}|{number}";

    public static string DueUntil(Instant at) => $"{at.ToUnixTimeMilliseconds():D14}}}";

    /// <summary>The complaint to be answered first first; suggestions have no term and come last.</summary>
    public static string OpenRow(ServiceRequest request) =>
        $"{(request.AnswerBy ?? LocalDate.MaxIsoValue).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture)}|{request.Customer.Value}|{request.Number}";

    /// <summary>Of a row of either index.</summary>
    public static (CustomerId Customer, string Number) Of(string row) => row.Split('|') is [_, var customer, var number] ? (CustomerId.Of(customer), number) : default;
}
