using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>What happened to a customer's channel, by whom and when (LIFE-10): a row in the group of the change itself, newest first.</summary>
internal static class ChannelHistory
{
    public const string Events = "event|";
    public const string AfterEvents = "event}";

    /// <summary>What a sign-in did to the channel: verified it (LIFE-07), or was the first one after a reactivation (LIFE-08).</summary>
    public static IEnumerable<TableTransactionAction> Signed(ChannelHead before, ChannelHead after, SessionStart start, Instant now)
    {
        if (before.State != after.State)
            yield return Row(start.Customer, ChannelEventKind.Verified, start.Customer.Value, null, null, now);
        if (before.NeedsPassword && !after.NeedsPassword)
            yield return Row(start.Customer, ChannelEventKind.SignedIn, start.Customer.Value, null, null, now);
    }

    /// <param name="by">A staff id, the customer number, or the name of what the bank does by itself.</param>
    public static TableTransactionAction Row(CustomerId customer, ChannelEventKind kind, string by, string? reason, string? identifiedBy, Instant now) => new(
        TableTransactionActionType.Add,
        new TableEntity(SessionTable.Partition(customer), $"{Events}{long.MaxValue - now.ToUnixTimeTicks():D19}|{kind}")
        {
            ["Kind"] = $"{kind}",
            ["By"] = by,
            ["Reason"] = reason!,
            ["IdentifiedBy"] = identifiedBy!,
            ["At"] = now.ToDateTimeOffset(),
        });
}

public enum ChannelEventKind
{
    /// <summary>At the customer's request (LIFE-03).</summary>
    Blocked,

    /// <summary>For loss or suspicion of fraud (LIFE-13).</summary>
    EmergencyBlocked,

    /// <summary>The staff step (LIFE-06).</summary>
    Reactivated,

    /// <summary>The customer signed in to the Internet Branch (LIFE-07).</summary>
    Verified,

    /// <summary>The first sign-in in the app after a reactivation (LIFE-08).</summary>
    SignedIn,

    /// <summary>Nobody verified it in time, so it is blocked again (LIFE-14).</summary>
    VerificationExpired,
}
