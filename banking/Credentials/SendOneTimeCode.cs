using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Notifications;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Text;

namespace Serverless.Banking.Credentials;

/// <summary>Sends six digits for one thing to be proven; a further one for the same thing cancels the one before (AUTH-23, ONB-25).</summary>
/// <remarks>
/// The row with the code's keyed hash is written first, then the message goes into the outbox, where the code lies sealed. Killed in between, the customer asks
/// for another one half a minute later.
/// </remarks>
public sealed class SendOneTimeCode
{
    private readonly OneTimeCodeTable codes;
    private readonly FindContactDetails contacts;
    private readonly RateLimits.RateLimits limits;
    private readonly SendNotice send;
    private readonly KeyedHash hash;
    private readonly CredentialsOptions options;
    private readonly TimeProvider time;

    internal SendOneTimeCode(
        OneTimeCodeTable codes, FindContactDetails contacts, RateLimits.RateLimits limits, SendNotice send, KeyedHash hash, IOptions<CredentialsOptions> options, TimeProvider time) =>
        (this.codes, this.contacts, this.limits, this.send, this.hash, this.options, this.time) = (codes, contacts, limits, send, hash, options.Value, time);

    /// <returns>Or, first match: <see cref="MobileMissing"/>, <see cref="ChallengeCancelled"/>, <see cref="TooManyRequests"/> (too soon, or too many within an hour).</returns>
    public async Task<Result<OneTimeCodeSent>> RunAsync(OneTimeCodeRequest request, CancellationToken cancellation)
    {
        var address = request.Email ?? request.Phone ?? (request.Customer is { } owner ? (await contacts.RunAsync(owner, cancellation))?.Phone : null);
        if (address is null)
            return new MobileMissing();

        var id = OneTimeCodeId.Of(request.Purpose, request.Binding);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var before = await codes.FindAsync(id, cancellation);
        if (before?.State == OneTimeCodeState.Cancelled)
            return new ChallengeCancelled();
        if (before is { State: OneTimeCodeState.Open } && before.SentAt + Duration.FromSeconds(options.ResendSeconds) - now is { } wait && wait > Duration.Zero)
            return new TooManyRequests((int)Math.Ceiling(wait.TotalSeconds));

        var limit = new RateLimit("one-time-codes", options.SendsPerHour, Duration.FromHours(1));
        var taken = await limits.TakeAsync(request.Customer?.Value ?? $"otp|{hash.Of("target", address)}", limit, cancellation);
        if (!taken.IsSuccess)
            return taken.Error;

        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var sends = (before?.Sends ?? 0) + 1;
        var row = new OneTimeCodeRow(
            id, HashOf(hash, id, sends, code), sends, before is { State: OneTimeCodeState.Open } ? before.Tries : 0, OneTimeCodeState.Open, now,
            now + Duration.FromSeconds(options.CodeSeconds), request.Customer, before?.ETag ?? default);
        if (await codes.TryWriteAsync(row, cancellation) is null)
            return new TooManyRequests(options.ResendSeconds);

        await send.RunAsync(
            new Notice(
                NoticeId.Of("one-time-code", id.Value, sends.ToString(CultureInfo.InvariantCulture), now.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture)),
                request.Customer, request.Email is null ? NoticeChannel.Sms : NoticeChannel.Email, KindOf(request.Purpose), request.Facts)
            {
                Address = address,
                Language = request.Language,
                SecretWords = new Dictionary<string, string> { ["code"] = code },
                ExpiresAt = row.ExpiresAt,
            },
            cancellation);
        return new OneTimeCodeSent(
            id, request.Email is null ? Masked.Phone(address) : Masked.Email(address), row.ExpiresAt, now + Duration.FromSeconds(options.ResendSeconds));
    }

    internal static string HashOf(KeyedHash hash, OneTimeCodeId id, int sends, string code) =>
        hash.Of("one-time-code", id.Value, sends.ToString(CultureInfo.InvariantCulture), code);

    private static NoticeKind KindOf(OneTimeCodePurpose purpose) => purpose switch
    {
        OneTimeCodePurpose.Login => NoticeKind.LoginCode,
        OneTimeCodePurpose.Registration => NoticeKind.RegistrationCode,
        OneTimeCodePurpose.Recovery => NoticeKind.RecoveryCode,
        OneTimeCodePurpose.Payment => NoticeKind.PaymentCode,
        OneTimeCodePurpose.SecurityChange => NoticeKind.SecurityCode,
        OneTimeCodePurpose.Contact => NoticeKind.ContactCode,
        OneTimeCodePurpose.Contract => NoticeKind.ContractCode,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
    };
}
