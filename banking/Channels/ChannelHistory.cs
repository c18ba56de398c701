using System.Globalization;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>The rows of what happened to a customer's channel (LIFE-10): each in the group of the change itself, newest first.</summary>
internal static class ChannelHistory
{
    public const string Prefix = "event|";
    public const string AfterPrefix = "event}";

    /// <summary>What a sign-in did to the channel: verified it (LIFE-07), or was the first one after a reactivation (LIFE-08).</summary>
    public static IEnumerable<TableTransactionAction> Signed(ChannelHead before, ChannelHead after, SessionStart start, Instant now)
    {
        var customer = start.Customer;
        if (before.State != after.State)
            yield return Row(customer, new ChannelEvent(ChannelEventKind.Verified, customer.Value, null, null, null, now));
        if (before.NeedsPassword && !after.NeedsPassword)
            yield return Row(customer, new ChannelEvent(ChannelEventKind.SignedIn, customer.Value, null, null, null, now));
    }

    public static TableTransactionAction Row(CustomerId customer, ChannelEvent happened) => new(
        TableTransactionActionType.Add,
        new TableEntity(
            SessionTable.Partition(customer),
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{long.MaxValue - happened.At.ToUnixTimeTicks():D19}|{happened.Kind}"))
        {
            ["Kind"] = $"{happened.Kind}",
            ["By"] = happened.By,
            ["AskedBy"] = happened.AskedBy!,
            ["IdentifiedBy"] = happened.IdentifiedBy!,
            ["Reason"] = happened.Reason!,
            ["Ticks"] = happened.At.ToUnixTimeTicks(),
        });

    public static ChannelEvent Read(TableEntity row) => new(
        Enum.Parse<ChannelEventKind>(row.GetString("Kind")!), row.GetString("By")!, row.GetString("AskedBy"), row.GetString("IdentifiedBy"), row.GetString("Reason"),
        Instant.FromUnixTimeTicks(row.GetInt64("Ticks")!.Value));
}
