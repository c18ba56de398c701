using System.Globalization;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>Keys of the hub's two tables.</summary>
/// <remarks>
/// <c>{hub}Instances</c>: one partition per instance (head, history, inbox), so that a step is one entity-group transaction.
/// <c>{hub}Index</c>: partitions "active" (instances that need looking after when the process starts) and "timer" (by due time).
/// </remarks>
internal static class HubKeys
{
    public const string Head = "head";
    public const string HistoryPrefix = "history|";
    public const string InboxPrefix = "inbox|";
    public const string Active = "active";
    public const string Timer = "timer";
    public const string Bell = "bell";
    public const string Hub = "hub";
    public const string Owner = "owner";

    public static string History(RunId run, int step) =>
        string.Create(CultureInfo.InvariantCulture, $"{HistoryPrefix}{run.Incarnation:D6}|{run.Generation:D6}|{step:D8}");

    public static string Inbox(int incarnation, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{InboxPrefix}{incarnation:D6}|{key}");

    /// <summary>Earliest first, so that the next timers are the first rows.</summary>
    public static string TimerRow(TimerEntry timer) => string.Create(
        CultureInfo.InvariantCulture,
        $"{timer.DueAt.UtcTicks:D19}|{timer.InstanceId}|{timer.Run.Incarnation:D6}|{timer.Run.Generation:D6}|{timer.DecisionId:D8}");
}
