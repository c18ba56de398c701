using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Network;

/// <summary>A customer's network (REQ-01).</summary>
public sealed class ListContacts
{
    /// <summary>Numbers looked up again in one call at most, so that a large network does not make the list slow.</summary>
    private const int RechecksAtMost = 10;

    private readonly NetworkTable network;
    private readonly CheckNumber check;
    private readonly NetworkOptions options;
    private readonly TimeProvider time;

    internal ListContacts(NetworkTable network, CheckNumber check, IOptions<NetworkOptions> options, TimeProvider time) =>
        (this.network, this.check, this.options, this.time) = (network, check, options.Value, time);

    /// <returns>By name; empty for a customer without contacts. Whether a number is registered is at most a day old, older when it was asked too often.</returns>
    public async Task<IReadOnlyList<Contact>> RunAsync(CustomerId owner, CancellationToken cancellation)
    {
        var all = (await network.ListAsync(owner, cancellation)).ToArray();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var stale = all.Where(contact => now - contact.CheckedAt >= Duration.FromTimeSpan(options.RecheckAfter))
            .OrderBy(contact => contact.CheckedAt).Take(RechecksAtMost);
        foreach (var contact in stale)
        {
            var found = await check.RunAsync(owner, contact.Id, contact.Phone, cancellation);
            if (!found.IsSuccess)
                break;
            await network.SaveCheckAsync(contact, found.Value is not null, now, cancellation);
            all[Array.IndexOf(all, contact)] = contact with { IsRegistered = found.Value is not null, CheckedAt = now };
        }

        return all;
    }
}
