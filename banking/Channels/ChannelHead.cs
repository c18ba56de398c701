using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>A customer's one row beside the sessions: the state of the mobile channel, and by its ETag the guard of every sign-in and ending.</summary>
/// <param name="NeedsPassword">The first sign-in after a reactivation is still to come (LIFE-08).</param>
/// <param name="Row">As read; null when there is none yet.</param>
internal sealed record ChannelHead(ChannelState State, bool NeedsPassword, Instant? Since, TableEntity? Row)
{
    public static ChannelHead From(TableEntity? row) => row is null
        ? new ChannelHead(ChannelState.Active, false, null, null)
        : new ChannelHead(
            Enum.Parse<ChannelState>(row.GetString("State")!), row.GetBoolean("NeedsPassword") ?? false,
            row.GetDateTimeOffset("Since") is { } since ? Instant.FromDateTimeOffset(since) : null, row);

    /// <summary>Null when a sign-in there may go on.</summary>
    public Forbidden? Refuse(SessionChannel channel, IReadOnlyList<string> methods) => (channel, State) switch
    {
        (not SessionChannel.App, _) => null,
        (_, ChannelState.Blocked) => new ChannelBlocked(),
        (_, ChannelState.WaitingForVerification) => new ChannelNotVerified(),
        _ when NeedsPassword && !methods.Contains("pwd", StringComparer.Ordinal) => new PasswordSignInRequired(),
        _ => null,
    };

    /// <summary>What a sign-in that was let through makes of it.</summary>
    public ChannelHead After(SessionChannel channel, Instant now) => (channel, State) switch
    {
        (SessionChannel.Web, ChannelState.WaitingForVerification) => this with { State = ChannelState.Active, Since = now },
        (SessionChannel.App, _) => this with { NeedsPassword = false },
        _ => this,
    };

    /// <summary>The group that blocks the channel: state, history, and the end of every session of the app.</summary>
    public IEnumerable<TableTransactionAction> Blocking(SessionRules rules, IEnumerable<SessionRow> sessions, ChannelEvent happened, CustomerId customer) =>
    [
        (this with { State = ChannelState.Blocked, NeedsPassword = true, Since = happened.At }).Write(customer),
        ChannelHistory.Row(customer, happened),
        .. sessions.Where(row => row.ToSession() is { Channel: SessionChannel.App } session && rules.EndingOf(session, happened.At) is null)
            .Take(EndSessions.InOneGroup).Select(row => SessionTable.End(row, SessionEnding.ChannelBlocked, happened.At)),
    ];

    /// <summary>Written in the group of whatever it guards, over the row as read or not at all.</summary>
    public TableTransactionAction Write(CustomerId customer)
    {
        var row = new TableEntity(SessionTable.Partition(customer), SessionTable.Channel)
        {
            ["State"] = $"{State}",
            ["NeedsPassword"] = NeedsPassword,
            ["Since"] = Since?.ToDateTimeOffset()!,
        };
        return Row is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, Row.ETag);
    }
}
