using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>Table CustomerApprovals; see the README.</summary>
internal static class ApprovalKeys
{
    public const string Table = "CustomerApprovals";
    public const string Due = "due";
    public const string First = "approval|";
    public const string After = "approval}";

    public static string Partition(CustomerId customer) => customer.Value;

    public static string Row(ApprovalId id) => $"{First}{id.Value:N}";

    /// <summary>One per thing that asks: a card transaction, a step of a process.</summary>
    public static string Key(params ReadOnlySpan<string> parts) => $"key|{StableGuid.Of(parts):N}";

    public static string DueAt(Instant at, CustomerId customer, ApprovalId id) => $"{at.ToUnixTimeMilliseconds():D14}|{customer.Value}|{id.Value:N}";

    public static string DueUntil(Instant at) => $"{at.ToUnixTimeMilliseconds():D14}}}";

    public static (CustomerId Customer, ApprovalId Id) OfDue(string row) =>
        row.Split('|') is [_, var customer, var id] ? (CustomerId.Of(customer), new ApprovalId(Guid.ParseExact(id, "N"))) : default;
}
