using Azure;
using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>Erases logins, one-time codes, registrations and recoveries that expired more than a day ago, and old counters of who is nobody (<see cref="NobodyCounters"/>).</summary>
/// <remarks>Reads what is due and, of the counters, nobodies' only; safe to run twice at once, late, and to be killed: the plan is crossed out last.</remarks>
public sealed class EraseExpiredProofs
{
    private readonly ExpiredProofs proofs;
    private readonly NobodyCounters nobodies;

    internal EraseExpiredProofs(ExpiredProofs proofs, NobodyCounters nobodies) => (this.proofs, this.nobodies) = (proofs, nobodies);

    /// <returns>How many rows were erased.</returns>
    public async Task<int> RunAsync(Instant now, CancellationToken cancellation)
    {
        var erased = 0;
        await foreach (var (day, row) in proofs.DueAsync(now, cancellation))
        {
            if (await proofs.ReadAsync(row, cancellation) is var (expiresAt, etag))
            {
                if (expiresAt + ExpiredProofs.Kept > now)
                    await proofs.PlanAsync(row, expiresAt, cancellation);
                else if (!await TryEraseAsync(row, etag, cancellation))
                    continue;
                else
                    erased++;
            }

            await proofs.DoneAsync(day, row, cancellation);
        }

        return erased + await nobodies.EraseAsync(now, cancellation);
    }

    /// <returns>False when it has just changed: the next run looks again.</returns>
    private async Task<bool> TryEraseAsync(ExpiringRow row, ETag etag, CancellationToken cancellation)
    {
        try
        {
            await proofs.EraseAsync(row, etag, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
    }
}
