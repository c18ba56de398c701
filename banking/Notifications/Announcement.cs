using Serverless.Banking.Audit;
using Serverless.Banking.Outbox;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Notifications;

/// <summary>A notice as an outbox row keeps it: of a customer, without secrets; and the audit record of what it tells, if that has one.</summary>
internal sealed record Announcement(string Notice, CustomerId Customer, NoticeChannel Channel, NoticeKind Kind, Dictionary<string, string> Facts, string? Link, AuditEvent? Audit = null)
{
    public static Announcement Of(Notice notice, AuditEvent? audit = null) => notice is { Customer: { } customer, SecretWords.Count: 0, Attachment: null, Address: null }
        ? new(notice.Id.Value, customer, notice.Channel, notice.Kind, new(notice.Facts, StringComparer.Ordinal), notice.Link, audit)
        : throw new ArgumentException("An outbox row keeps no secrets, attachments and addresses.", nameof(notice));
}

/// <summary>Tells what an outbox row says must be told.</summary>
internal sealed class Announce(SendNotice send, RecordAudit audit) : IFollowUp
{
    public const string Name = "announcement";

    public string Kind => Name;

    /// <param name="id">Derived from what is told of.</param>
    public static OutboxRow RowOf(string table, string partition, Guid id, Announcement announcement) => OutboxRow.Of(table, partition, Name, id, announcement);

    public async Task RunAsync(string content)
    {
        var told = StoredJson.Read<Announcement>(content);
        if (told.Audit is { } record)
            await audit.RunAsync(record, CancellationToken.None);
        await send.RunAsync(new Notice(NoticeId.Parse(told.Notice), told.Customer, told.Channel, told.Kind, told.Facts, told.Link), CancellationToken.None);
    }
}
