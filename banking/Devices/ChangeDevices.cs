using System.Security.Cryptography;
using NodaTime;

namespace Serverless.Banking.Devices;

/// <param name="Change">Null when there is nothing to write.</param>
internal sealed record DeviceDecision<T>(T Answer, DeviceChange? Change = null);

/// <summary>Takes one decision about a customer's devices: read all, decide, write together or start over; then tell whoever must know.</summary>
/// <remarks>
/// Order of the writes: the pointer to the event, the change with its event in one group, what follows (<see cref="FollowDeviceChange"/>). Killed after the
/// group, the timer finds the event by its pointer; killed before, nothing has happened.
/// </remarks>
internal sealed class ChangeDevices(DeviceTable table, DeviceDue due, FollowDeviceChange follow, TimeProvider time)
{
    private const int TriesAtMost = 30;

    /// <param name="decide">May run several times. The id is that of the event, if it makes one.</param>
    /// <exception cref="InvalidOperationException">Others change the customer's devices again and again.</exception>
    public async Task<Result<T>> RunAsync<T>(
        CustomerId customer, Func<DeviceBook, Guid, Instant, Result<DeviceDecision<T>>> decide, CancellationToken cancellation)
    {
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        DeviceDecision<T>? written = null;
        for (var attempt = 0; attempt < TriesAtMost; attempt++)
        {
            var book = await table.ReadAsync(customer, cancellation);

            // Written by a try whose answer was lost on the way.
            if (written?.Change?.Event is not null && book.Events.Any(told => told.Id == id))
                return await FollowAsync(written, cancellation);
            var decided = decide(book, id, Instant.FromDateTimeOffset(time.GetUtcNow()));
            if (!decided.IsSuccess || decided.Value.Change is not { } change)
            {
                // What an earlier call left untold is told before the same is answered again.
                foreach (var left in book.Events)
                    await follow.RunAsync(customer, left, cancellation);
                return decided.Then(decision => decision.Answer);
            }

            written = decided.Value;
            if (change.Event is not null)
                await due.PointAtEventAsync(customer, id, cancellation);
            if (change.Before is { } before)
                await before();
            if (await table.WriteAsync(book, change, cancellation))
                return await FollowAsync(written, cancellation);
            await Ledger.StorageFaults.BackOffAsync(Math.Min(attempt, 3));
        }

        throw new InvalidOperationException("The customer's devices are being changed again and again.");

        async Task<T> FollowAsync(DeviceDecision<T> done, CancellationToken token)
        {
            if (done.Change?.Event is { } told)
                await follow.RunAsync(customer, told, token);
            return done.Answer;
        }
    }
}
