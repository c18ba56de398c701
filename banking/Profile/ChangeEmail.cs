using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.RateLimits;

namespace Serverless.Banking.Profile;

/// <summary>Begins a change of the e-mail address: a code goes to the new one (PROF-06, PROF-25).</summary>
public sealed class ChangeEmail
{
    private static readonly Duration Lifetime = Duration.FromMinutes(10);
    private static readonly Duration Kept = Duration.FromDays(1);
    private static readonly RateLimit Limit = new("email-change", 5, Duration.FromHours(1));

    private readonly ProfileTable table;
    private readonly EmailCodes codes;
    private readonly FindContactDetails contacts;
    private readonly RateLimits.RateLimits limits;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal ChangeEmail(ProfileTable table, EmailCodes codes, FindContactDetails contacts, RateLimits.RateLimits limits, SendNotice send, TimeProvider time)
    {
        (this.table, this.codes, this.contacts) = (table, codes, contacts);
        (this.limits, this.send, this.time) = (limits, send, time);
    }

    /// <returns>The change and its end. Or, first match: <see cref="EmailInvalid"/>, <see cref="IdempotencyKeyReused"/>, <see cref="ProfileMissing"/>, <see cref="TooManyRequests"/>.</returns>
    public async Task<Result<EmailChange>> RunAsync(
        CustomerId customer, string email, IdempotencyKey key, string requestHash, string? origin, CancellationToken cancellation)
    {
        if (!EmailAddress.IsGood(email))
            return new EmailInvalid("/email");
        var id = StableGuid.Of("email change", customer.Value, key.Value);
        if (await table.FindEmailChangeAsync(customer, id, cancellation) is { } known)
            return known.RequestHash == requestHash ? await SendAsync(known, cancellation) : new IdempotencyKeyReused();
        if (await contacts.RunAsync(customer, cancellation) is null)
            return new ProfileMissing();
        var allowed = await limits.TakeAsync(customer, Limit, cancellation);
        if (!allowed.IsSuccess)
            return allowed.Error;

        var end = Instant.FromUnixTimeMilliseconds((Instant.FromDateTimeOffset(time.GetUtcNow()) + Lifetime).ToUnixTimeMilliseconds());
        await table.RemindAsync(customer, $"email|{id:N}", end + Kept, cancellation);
        var change = new StoredEmailChange(customer, id, email, end, 0, null, null, origin, IsDone: false, requestHash, default);
        return await table.AddEmailChangeAsync(change, cancellation)
            ? await SendAsync(change, cancellation)
            : await RunAsync(customer, email, key, requestHash, origin, cancellation);
    }

    /// <summary>Once, however often it is asked for: the notice's id is the change's.</summary>
    private async Task<EmailChange> SendAsync(StoredEmailChange change, CancellationToken cancellation)
    {
        var notice = new Notice(
            NoticeId.Of(nameof(NoticeKind.EmailCode), change.Id.ToString("N")), change.Customer, NoticeChannel.Email, NoticeKind.EmailCode,
            new Dictionary<string, string> { ["minutes"] = $"{(int)Lifetime.TotalMinutes}" });
        await send.RunAsync(
            notice with { Address = change.Email, SecretWords = new Dictionary<string, string> { ["code"] = codes.Of(change) }, ExpiresAt = change.ExpiresAt }, cancellation);
        return new EmailChange(change.Id, change.ExpiresAt);
    }
}

public sealed record EmailChange(Guid Id, Instant ExpiresAt);
