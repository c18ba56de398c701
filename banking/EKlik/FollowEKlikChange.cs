using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.EKlik;

/// <param name="Occasion">What it is about: unique among the user's.</param>
/// <param name="At">As the user's row has it.</param>
internal sealed record EKlikChanged(CustomerId Customer, string User, string Occasion, Instant At)
{
    /// <summary>Why sessions end; null: they go on.</summary>
    public SessionEnding? Ends { get; init; }

    public AuditEvent? Trail { get; init; }

    public NoticeKind? Tells { get; init; }

    /// <summary>Nothing follows unless the user is still blocked since then: a right password takes back the try that blocked.</summary>
    public bool OnlyWhileBlocked { get; init; }
}

/// <summary>What follows a change of a user: sessions, trail, notices (EKL-08, EKL-09, EKL-11).</summary>
internal sealed class FollowEKlikChange(EKlikTable table, EKlikSessions sessions, RecordAudit audit, EKlikNotices notices) : IFollowUp
{
    public const string Name = "eklik_changed";

    public string Kind => Name;

    public static OutboxRow RowOf(EKlikRow row, string occasion, Instant at, NoticeKind? tells = null, AuditEvent? trail = null, SessionEnding? ends = null, bool onlyWhileBlocked = false) =>
        OutboxRow.Of(
            EKlikTable.Name, EKlikTable.Partition(row.UserName), Name, StableGuid.Of(Name, row.Name, occasion),
            new EKlikChanged(row.Customer, row.Name, occasion, at) { Ends = ends, Trail = trail, Tells = tells, OnlyWhileBlocked = onlyWhileBlocked });

    /// <remarks>A block ends all sessions while it lasts, those of sign-ins it has overtaken included; whatever else ends sessions ends those that were opened before it.</remarks>
    public async Task RunAsync(string content)
    {
        var changed = StoredJson.Read<EKlikChanged>(content);
        var name = UserName.Find(changed.User)!.Value;
        var isBlocked = await table.FindAsync(name, CancellationToken.None) is { Blocking: not null, BlockedAt: { } since } && since == changed.At;
        if (changed.OnlyWhileBlocked && !isBlocked)
            return;
        if (changed.Ends is { } ending)
            await sessions.EndAsync(changed.Customer, name, ending, openedBefore: isBlocked ? null : changed.At);
        if (changed.Trail is { } trail)
            await audit.RunAsync(trail, CancellationToken.None);
        if (changed.Tells is { } kind)
            await notices.TellAsync(changed.Customer, name, kind, changed.Occasion, changed.At, CancellationToken.None);
    }
}
