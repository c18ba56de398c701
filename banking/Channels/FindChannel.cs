using NodaTime;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Channels;

/// <summary>A customer's mobile channel.</summary>
/// <param name="Since">Null for one that was never blocked.</param>
/// <param name="History">Newest first; at most <see cref="FindChannel.HistoryAtMost"/>.</param>
public sealed record CustomerChannel(CustomerId Customer, ChannelState State, Instant? Since, IReadOnlyList<ChannelEvent> History);

/// <summary>The state of a customer's channel and what happened to it (LIFE-10).</summary>
public sealed class FindChannel
{
    public const int HistoryAtMost = 100;

    private readonly SessionTable sessions;
    private readonly ChannelTable table;

    internal FindChannel(SessionTable sessions, ChannelTable table) => (this.sessions, this.table) = (sessions, table);

    /// <summary>Two storage calls. A customer about whom nothing is stored has an active channel.</summary>
    public async Task<CustomerChannel> RunAsync(CustomerId customer, CancellationToken cancellation)
    {
        var head = await sessions.ChannelAsync(customer, cancellation);
        return new CustomerChannel(customer, head.State, head.Since, await table.HistoryAsync(customer, HistoryAtMost, cancellation));
    }
}
