using Serverless.Functions.Telemetry;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Telemetry;

/// <summary>What reaches a collector over HTTP.</summary>
public sealed class ExportTests(TelemetryBank scene) : IClassFixture<TelemetryBank>
{
    [Fact]
    public void One_trace_joins_a_bills_payment_from_the_call_over_storage_to_the_company()
    {
        var trace = Trace(TelemetryBank.BillTrace);

        var call = Only(trace, "Microsoft.AspNetCore", "POST /api/v1/bills/payments");
        Assert.Equal("00f067aa0ba902b7", call.Parent);
        Assert.Equal("POST /api/v1/bills/payments 201", $"{call.Attributes["http.request.method"]} {call.Attributes["http.route"]} {call.Attributes["http.response.status_code"]}");
        var run = Only(trace, "Microsoft.Azure.Functions.Worker", "function Bills_Pay");
        Assert.Equal(call.SpanId, run.Parent);
        Assert.Contains(trace, span => span.Name == "TableClient.SubmitTransaction" && span.Scope == "Azure.Data.Tables.TableClient" && span.Parent == run.SpanId);
        Assert.Contains(trace, span => span.Scope == "System.Net.Http" && span.Name == "POST" && IsBelow(trace, span, run));
    }

    [Fact]
    public void One_trace_joins_a_transfer_from_the_call_over_the_bus_to_the_message_on_the_payees_phone()
    {
        var trace = Trace(TelemetryBank.InsideTrace);

        var run = Only(trace, "Microsoft.Azure.Functions.Worker", "function Transfers_ConfirmInside");
        var handled = Only(trace, "Azure.Messaging.ServiceBus.ServiceBusProcessor", "ServiceBusProcessor.ProcessMessage");
        var sent = Only(trace, "Azure.Messaging.ServiceBus.Message", "Message");
        Assert.Equal(sent.SpanId, handled.Parent);
        Assert.True(IsBelow(trace, sent, run));
        var told = Only(trace, "Microsoft.Azure.Functions.Worker", "function Notifications_Deliver");
        Assert.Equal(handled.SpanId, told.Parent);
        Assert.Contains(trace, span => span.Scope == "System.Net.Http" && span.Name == "POST" && IsBelow(trace, span, told));
    }

    [Fact]
    public void One_trace_joins_a_transfer_to_another_bank_from_the_call_over_the_orchestration_to_the_network()
    {
        var trace = Trace(TelemetryBank.TransferTrace);

        var run = Only(trace, "Microsoft.Azure.Functions.Worker", "function Transfers_ConfirmNational");
        var created = Only(trace, "DurableTask.Core", "create_orchestration:InterbankTransfer");
        Assert.True(IsBelow(trace, created, run));
        var step = Only(trace, "DurableTask.Core", "activity:InterbankTransfers_Begin");
        Assert.Equal(created.SpanId, step.Parent);
        Assert.Contains(trace, span => span.Scope == "Azure.Data.Tables.TableClient" && IsBelow(trace, span, step));
    }

    [Fact]
    public void Logs_carry_the_trace_of_the_call_that_they_are_about()
    {
        Assert.Contains(scene.Collector.Logs, log => log.TraceId == TelemetryBank.BillTrace && log.Category == "Function.Bills_Pay");
    }

    [Fact]
    public void The_banks_figures_tell_what_the_customer_did_by_kind_outcome_and_bucket()
    {
        string[] transfers = [.. Points("bank.transfers").Select(point => Told(point, "bank.transfer.kind", "bank.outcome", "bank.currency", "bank.amount.bucket"))];
        Assert.Contains("inside settled ALL up_to_1000", transfers);
        Assert.Contains("national accepted ALL up_to_10000", transfers);
        Assert.Contains("held ALL up_to_10000", Points("bank.holds").Select(point => Told(point, "bank.outcome", "bank.currency", "bank.amount.bucket")));
        Assert.Contains("paid ALL up_to_10000", Points("bank.bills").Select(point => Told(point, "bank.outcome", "bank.currency", "bank.amount.bucket")));
        string[] logins = [.. Points("bank.logins").Select(point => Told(point, "bank.channel", "bank.outcome", "error.type"))];
        Assert.Contains("mobile completed -", logins);
        Assert.Contains("password refused invalid_credentials", logins);
        Assert.Contains("in interbank webhook_not_trusted", Points("bank.webhook.failures").Select(point => Told(point, "bank.webhook.direction", "bank.partner", "error.type")));
        Assert.Contains("journals", Points("bank.sweep.backlog").Select(point => Told(point, "bank.sweep")));
        Assert.Contains(Points("bank.sweep.oldest"), point => point is { Unit: "s", Value: 0 });
        Assert.Contains("Bills_Pay tables", Points("bank.storage.calls").Select(point => Told(point, "faas.name", "bank.storage.service")));
    }

    [Fact]
    public void The_calls_of_an_operation_are_those_of_its_trace_and_its_price_is_theirs_and_of_what_follows_the_answer()
    {
        var spans = Trace(TelemetryBank.BillTrace).Count(span => span.Scope == "Azure.Data.Tables.TableClient" && span.Name != "TableClient.CreateIfNotExists");

        Assert.InRange((int)Assert.Single(scene.Measured("bank.storage.calls", "Bills_Pay")), 1, spans);
        Assert.Equal(spans * new TelemetryOptions().TablesPricePer10000Calls / 10_000, scene.Measured("bank.storage.cost", "Bills_Pay").Sum(), 9);
    }

    [Fact]
    public void A_storage_call_is_told_once_and_nothing_tells_an_address()
    {
        var spans = scene.Collector.Spans;

        Assert.DoesNotContain(spans, span => span.Attributes.Keys.Any(name => name.StartsWith("url.", StringComparison.Ordinal) && name != "url.scheme"));
        Assert.DoesNotContain(spans, span => span.Scope == "System.Net.Http" && spans.Any(parent => parent.SpanId == span.Parent && parent.Scope.StartsWith("Azure.", StringComparison.Ordinal)));
        Assert.DoesNotContain(spans, span => span.Events > 0 || span.Status.Length > 0);
    }

    [Fact]
    public void Of_what_a_library_tells_too_much_the_kind_and_the_place_remain()
    {
        var span = scene.Collector.Spans.Single(span => span.Name == "TableClient.Chatty");
        Assert.Equal("0 attributes, 0 events, status ''", $"{span.Attributes.Count} attributes, {span.Events} events, status '{span.Status}'");
        var log = scene.Collector.Logs.Single(log => log.Category == "Chatty");
        Assert.Equal("System.InvalidOperationException <- System.FormatException", log.Attributes["exception.type"]);
        Assert.StartsWith("System.InvalidOperationException", log.Attributes["exception.stacktrace"], StringComparison.Ordinal);
        Assert.DoesNotContain("exception.message", log.Attributes.Keys);
    }

    [Fact]
    public void Nothing_exported_tells_who_the_customer_is_what_she_owns_or_what_only_she_may_know()
    {
        var exported = scene.Collector.Taken;

        Assert.Equal(["logs", "metrics", "traces"], exported.Select(one => one.Signal).Distinct().Order(StringComparer.Ordinal));
        Assert.True(scene.Confided.Count >= 20, $"Only {scene.Confided.Count} values are looked for.");
        Assert.Empty(scene.Confided.FindIn(exported));

        // What is searched is what was exported: a word that is no secret is found in it.
        var harmless = new Secrets();
        harmless.Add("function", "Bills_Pay");
        Assert.Equal(["function as it is in logs", "function as it is in metrics", "function as it is in traces"], harmless.FindIn(exported).Where(found => found.Contains("as it is", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>The last that was told of each set of attributes.</summary>
    private IEnumerable<OtlpPoint> Points(string name) => scene.Collector.Points.Where(point => point.Name == name)
        .GroupBy(point => string.Join(' ', point.Attributes.OrderBy(one => one.Key, StringComparer.Ordinal))).Select(same => same.Last());

    private static string Told(OtlpPoint point, params string[] attributes) => string.Join(' ', attributes.Select(name => point.Attributes.GetValueOrDefault(name, "-")));

    private IReadOnlyList<OtlpSpan> Trace(string id) => [.. scene.Collector.Spans.Where(span => span.TraceId == id)];

    private static OtlpSpan Only(IReadOnlyList<OtlpSpan> trace, string scope, string name) =>
        trace.SingleOrDefault(span => span.Scope == scope && span.Name == name)
        ?? throw new InvalidOperationException($"Not one {scope} {name} among:\n{string.Join('\n', trace.Select(span => $"{span.SpanId} <- {span.Parent} {span.Scope} {span.Name}"))}");

    private static bool IsBelow(IReadOnlyList<OtlpSpan> trace, OtlpSpan span, OtlpSpan ancestor) =>
        span.Parent == ancestor.SpanId || (trace.FirstOrDefault(one => one.SpanId == span.Parent) is { } parent && IsBelow(trace, parent, ancestor));
}
