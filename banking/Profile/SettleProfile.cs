using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Profile;

/// <summary>Does whatever a profile still needs: a confirmed e-mail in force and told of, an old change forgotten, a picture that is nobody's any more removed.</summary>
internal sealed class SettleProfile(ProfileTable table, SetEmail setEmail, StoredDocuments files, SendNotice send, RecordAudit audit, TimeProvider time)
{
    public const string EmailPrefix = "email|";
    public const string PhotoPrefix = "photo|";

    public async Task RunAsync(CustomerId customer, string about, CancellationToken cancellation)
    {
        if (about.StartsWith(EmailPrefix, StringComparison.Ordinal))
        {
            var id = Guid.ParseExact(about[EmailPrefix.Length..], "N");
            await CompleteEmailAsync(customer, id, cancellation);
            if (await table.FindEmailChangeAsync(customer, id, cancellation) is { } change && change.ExpiresAt + Duration.FromDays(1) <= Instant.FromDateTimeOffset(time.GetUtcNow()))
                await table.EraseEmailChangeAsync(customer, id, cancellation);
        }
        else if (about.StartsWith(PhotoPrefix, StringComparison.Ordinal))
        {
            var photo = about[PhotoPrefix.Length..];
            var isUsed = (await table.FindAsync(customer, cancellation)).PhotoId == photo
                || (await table.FindRelationshipAsync(customer, cancellation)).Banker?.PhotoId == photo;
            if (!isUsed)
                await files.RemoveAsync(customer, ProfilePhotos.DocumentKind, photo, cancellation);
        }
    }

    /// <summary>The audit record, the new address, the notice to the old one; then the mark that it is done. Every step may be repeated.</summary>
    public async Task CompleteEmailAsync(CustomerId customer, Guid id, CancellationToken cancellation)
    {
        if (await table.FindEmailChangeAsync(customer, id, cancellation) is not { ConfirmedAt: { } at, IsDone: false } change)
            return;
        await audit.RunAsync(
            new AuditEvent(AuditActor.Customer(customer, change.Origin), "email_changed", $"customer/{customer.Value}") { Id = StableGuid.Of("email_changed", $"{id:N}"), At = at },
            cancellation);
        await setEmail.RunAsync(customer, change.Email, cancellation);
        if (change.OldEmail is { } old && old != change.Email)
        {
            var notice = new Notice(
                NoticeId.Of(nameof(NoticeKind.EmailChanged), $"{id:N}"), customer, NoticeChannel.Email, NoticeKind.EmailChanged,
                new Dictionary<string, string> { ["email"] = EmailAddress.Mask(change.Email) });
            await send.RunAsync(notice with { Address = old }, cancellation);
        }

        await table.ChangeEmailChangeAsync(change with { IsDone = true }, cancellation);
    }
}
