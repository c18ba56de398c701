using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Credentials;

/// <summary>Takes a one-time code: right once, within its two minutes, for exactly what it was sent for (AUTH-23).</summary>
/// <remarks>The try is written before the code is compared, so that parallel guesses get five tries and no more; a right code is used by one caller, the others find it used.</remarks>
public sealed class CheckOneTimeCode
{
    private const int AttemptsAtMost = 60;

    private readonly OneTimeCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly KeyedHash hash;
    private readonly CredentialsOptions options;
    private readonly TimeProvider time;

    internal CheckOneTimeCode(OneTimeCodeTable codes, LockoutTable lockouts, KeyedHash hash, IOptions<CredentialsOptions> options, TimeProvider time) =>
        (this.codes, this.lockouts, this.hash, this.options, this.time) = (codes, lockouts, hash, options.Value, time);

    /// <returns>Or, first match: <see cref="ChallengeCancelled"/>, <see cref="OtpExpired"/> (also one that was never sent or is used), <see cref="OtpWrong"/>.</returns>
    public async Task<Result<Nothing>> RunAsync(OneTimeCodePurpose purpose, string binding, string code, CancellationToken cancellation)
    {
        var id = OneTimeCodeId.Of(purpose, binding);
        for (var attempt = 0; attempt < AttemptsAtMost; attempt++)
        {
            var now = Instant.FromDateTimeOffset(time.GetUtcNow());
            if (await codes.FindAsync(id, cancellation) is not { } row)
                return new OtpExpired();
            if (row.State == OneTimeCodeState.Cancelled)
                return new ChallengeCancelled();
            if (row.State == OneTimeCodeState.Used || row.ExpiresAt <= now)
                return new OtpExpired();

            var isLast = row.Tries + 1 >= options.CodeTries;
            var reserving = row with { Tries = row.Tries + 1, State = isLast ? OneTimeCodeState.Cancelled : OneTimeCodeState.Open };
            if (await codes.TryWriteAsync(reserving, cancellation) is not { } reserved)
            {
                await StorageFaults.BackOffAsync(Math.Min(attempt, 3));
                continue;
            }

            if (hash.Matches(row.Hash, "one-time-code", id.Value, row.Sends.ToString(CultureInfo.InvariantCulture), code))
                return await UseAsync(reserved, isLast, cancellation);
            if (!isLast)
                return new OtpWrong(options.CodeTries - reserved.Tries);
            if (row.Customer is { } customer)
                await lockouts.ChangeAsync(customer, (lockout, at) => lockout.CodeCancelled(at, options), CancellationToken.None);
            return new ChallengeCancelled();
        }

        return new OtpWrong(0);
    }

    /// <summary>Other tries may have been written since this one's: they change the count, and only a use or another code takes it away.</summary>
    private async Task<Result<Nothing>> UseAsync(OneTimeCodeRow reserved, bool wasLast, CancellationToken cancellation)
    {
        var row = reserved;
        for (var attempt = 0; attempt < AttemptsAtMost; attempt++)
        {
            if (row.Sends != reserved.Sends || row.State == OneTimeCodeState.Used)
                return new OtpExpired();
            if (row.State == OneTimeCodeState.Cancelled && !wasLast)
                return new ChallengeCancelled();
            if (await codes.TryWriteAsync(row with { State = OneTimeCodeState.Used }, cancellation) is not null)
                return default(Nothing);
            row = (await codes.FindAsync(reserved.Id, cancellation))!;
        }

        return new OtpExpired();
    }
}
