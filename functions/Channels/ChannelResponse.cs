using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Functions.Http;

namespace Serverless.Functions.Channels;

[Description("A customer's mobile channel.")]
public sealed record ChannelResponse(
    [property: Example("100000001")] string Customer,
    ChannelState State,
    [property: Description("Null for one that was never blocked.")] Instant? Since,
    [property: Description("Newest first.")] IReadOnlyList<ChannelEventResponse> History)
{
    internal static ChannelResponse From(CustomerChannel channel) =>
        new(channel.Customer.Value, channel.State, channel.Since, [.. channel.History.Select(ChannelEventResponse.From)]);
}

[Description("The mobile channel, and what goes on by itself whatever its state.")]
public sealed record ChannelOverviewResponse(
    [property: Example("100000001")] string Customer,
    ChannelState State,
    [property: Description("Null for one that was never blocked.")] Instant? Since,
    [property: Description("Newest first.")] IReadOnlyList<ChannelEventResponse> History,
    [property: Description("Goes on while the channel is blocked: tell the customer.")] IReadOnlyList<RunningOrderResponse> RunningOrders)
{
    internal static ChannelOverviewResponse From(CustomerChannel channel, IEnumerable<RunningOrder> orders) => new(
        channel.Customer.Value, channel.State, channel.Since, [.. channel.History.Select(ChannelEventResponse.From)],
        [.. orders.Select(order => new RunningOrderResponse(order.Kind, order.Reference, order.Amount, order.NextOn))]);
}

/// <param name="By">A staff id, the customer number, or the name of what the bank does by itself.</param>
public sealed record ChannelEventResponse(
    ChannelEventKind Kind, string By, string? AskedBy, [property: Description("How staff made sure who asks.")] string? IdentifiedBy, string? Reason, Instant At)
{
    internal static ChannelEventResponse From(ChannelEvent happened) =>
        new(happened.Kind, happened.By, happened.AskedBy, happened.IdentifiedBy, happened.Reason, happened.At);
}

public sealed record RunningOrderResponse(
    [property: Example("periodic_transfer")] string Kind, string Reference, [property: Description("Null when every execution has its own.")] Money? Amount, LocalDate? NextOn);
