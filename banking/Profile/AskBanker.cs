using NodaTime;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;

namespace Serverless.Banking.Profile;

/// <summary>A customer asks to be called by the personal banker (PROF-07): one e-mail to the banker, in working hours.</summary>
public sealed class AskBanker
{
    private readonly FindProfile profiles;
    private readonly WorkingHours hours;
    private readonly NoticeTable outbox;
    private readonly SendNotice send;
    private readonly TimeProvider time;

    internal AskBanker(FindProfile profiles, WorkingHours hours, NoticeTable outbox, SendNotice send, TimeProvider time) =>
        (this.profiles, this.hours, this.outbox, this.send, this.time) = (profiles, hours, outbox, send, time);

    /// <returns>Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="ProfileMissing"/>, <see cref="PersonalBankerMissing"/>, <see cref="OutOfHours"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(CustomerId customer, IdempotencyKey key, string requestHash, string? message, CancellationToken cancellation)
    {
        var id = NoticeId.Of("banker contact", customer.Value, key.Value);
        if (await outbox.FindAsync(id, cancellation) is { } earlier)
            return earlier.Notice.Facts["request"] == requestHash ? default(Nothing) : new IdempotencyKeyReused();
        var found = await profiles.RunAsync(customer, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value.Relationship.Banker is not { } banker)
            return new PersonalBankerMissing();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (!hours.IsOpen(now))
            return new OutOfHours(hours.NextOpening(now));

        var facts = new Dictionary<string, string>
        {
            ["name"] = found.Value.Contact.Name,
            ["customer"] = customer.Value,
            ["phone"] = found.Value.Contact.Phone ?? "-",
            ["text"] = message ?? "-",
            ["request"] = requestHash,
        };
        var notice = new Notice(id, null, NoticeChannel.Email, NoticeKind.BankerContactRequested, facts) { Address = banker.Email, Language = Language.Albanian };
        return await send.RunAsync(notice, cancellation) || (await outbox.FindAsync(id, cancellation))!.Notice.Facts["request"] == requestHash
            ? default(Nothing)
            : new IdempotencyKeyReused();
    }
}
