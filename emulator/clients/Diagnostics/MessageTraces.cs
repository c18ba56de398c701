using System.Diagnostics;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Diagnostics;

/// <summary>How a trace travels with a message: as <c>Diagnostic-Id</c> and, with spans switched on, as <c>traceparent</c> among its application properties.</summary>
internal static class MessageTraces
{
    public const string Processor = "ServiceBusProcessor";
    private const string DiagnosticId = "Diagnostic-Id";
    private const string TraceParent = "traceparent";

    private static readonly ClientDiagnostics Diagnostics = new("Azure.Messaging.ServiceBus", "Microsoft.ServiceBus", null);

    /// <summary>Gives every message its place in the trace, unless it has one, and makes the span of their sending.</summary>
    /// <param name="operation"><c>Send</c> or <c>Schedule</c>.</param>
    public static ClientSpan Send(ServiceBusSender sender, string operation, IEnumerable<ServiceBusMessage> messages)
    {
        foreach (var message in messages.Where(message => !message.ApplicationProperties.ContainsKey(DiagnosticId) && !message.ApplicationProperties.ContainsKey(TraceParent)))
        {
            using var place = Start("Message", "", ActivityKind.Producer, sender.FullyQualifiedNamespace, sender.EntityPath);
            if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id })
                continue;
            message.ApplicationProperties[DiagnosticId] = id;
            if (ClientDiagnostics.IsSwitchedOn())
                message.ApplicationProperties[TraceParent] = id;
        }

        var span = Start(nameof(ServiceBusSender), operation, ActivityKind.Client, sender.FullyQualifiedNamespace, sender.EntityPath);
        span.Activity?.SetTag("messaging.operation", "publish");
        return span;
    }

    /// <summary>The span under which messages are handled. One message's goes on with its trace; several messages' is of no trace in particular.</summary>
    public static ClientSpan Process(IReadOnlyList<ServiceBusReceivedMessage> messages, string host, string entity)
    {
        var span = Start(Processor, "ProcessMessage", ActivityKind.Consumer, host, entity, messages.Count == 1 ? ContextOf(messages[0]) : default);
        span.Activity?.SetTag("messaging.operation", "process");
        if (messages.Count > 1)
            span.Activity?.SetTag("messaging.batch.message_count", messages.Count);
        return span;
    }

    private static ActivityContext ContextOf(ServiceBusReceivedMessage message) =>
        (message.ApplicationProperties.GetValueOrDefault(TraceParent) ?? message.ApplicationProperties.GetValueOrDefault(DiagnosticId)) is string parent
        && ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            ? context
            : default;

    private static ClientSpan Start(string client, string operation, ActivityKind kind, string host, string entity, ActivityContext parent = default)
    {
        var span = Diagnostics.Start(client, operation, kind, parent);
        span.Activity?.SetTag("messaging.system", "servicebus").SetTag("server.address", host).SetTag("messaging.destination.name", entity);
        return span;
    }
}
