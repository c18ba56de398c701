using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace Serverless.Banking.Telemetry;

/// <summary>The bank's own figures. docs/telemetry.md lists them, and a test compares.</summary>
/// <remarks>
/// Attributes have few values: codes, kinds and buckets, never what tells one customer from another. An amount is never measured, since a histogram exports its sum and its extremes; it is an
/// attribute by its bucket. Gauges tell what the last sweep in this process found, and read nothing themselves.
/// </remarks>
public sealed class BankMetrics
{
    public const string MeterName = "Serverless.Bank";

    private readonly Counter<long> transfers;
    private readonly Counter<long> holds;
    private readonly Counter<long> bills;
    private readonly Counter<long> logins;
    private readonly Counter<long> blocks;
    private readonly Counter<long> webhookFailures;
    private readonly Counter<long> shed;
    private readonly Counter<double> storageCost;
    private readonly Histogram<int> storageCalls;
    private readonly LastFound<long> backlog = new();
    private readonly LastFound<double> oldest = new();
    private readonly LastFound<long> inFlight = new();
    private readonly LastFound<long> waiting = new();

    public BankMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        transfers = meter.CreateCounter<long>("bank.transfers", "{transfer}", "Transfers by what became of them.");
        holds = meter.CreateCounter<long>("bank.holds", "{hold}", "Money reserved, and money given back; what a journal took up is told where the journal is.");
        bills = meter.CreateCounter<long>("bank.bills", "{bill}", "Bills that fell due for automatic payment, and bills paid and failed, however they were ordered.");
        logins = meter.CreateCounter<long>("bank.logins", "{login}", "Sign-ins that were completed, and passwords that were refused.");
        blocks = meter.CreateCounter<long>("bank.blocks", "{block}", "Users locked or blocked by wrong passwords, channels blocked by staff.");
        webhookFailures = meter.CreateCounter<long>("bank.webhook.failures", "{webhook}", "Webhooks of partners that were refused or failed, deliveries to endpoints that were not taken.");
        shed = meter.CreateCounter<long>("bank.requests.shed", "{request}", "Requests turned away before they began, because there was too much to do or the app was stopping.");
        storageCost = meter.CreateCounter<double>("bank.storage.cost", "{money}", "Estimated price of storage calls, what follows an answer included, in the currency of the price that the settings name.");
        storageCalls = meter.CreateHistogram<int>("bank.storage.calls", "{call}", "Storage calls of one run of a function, up to its answer.", null, new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100, 200, 500],
        });
        meter.CreateObservableGauge("bank.sweep.backlog", backlog.Observe, "{item}", "What the last run of a sweeper found undone.");
        meter.CreateObservableGauge("bank.sweep.oldest", oldest.Observe, "s", "Age of the oldest that the last run of a sweeper found undone; 0 for none.");
        meter.CreateObservableGauge("bank.money.in_flight", inFlight.Observe, "{journal}", "Journals that the ledger's last sweep found begun and not ended.");
        meter.CreateObservableGauge("bank.orchestrations.waiting", waiting.Observe, "{orchestration}", "What the last sweep found that a workflow sees to its end, by where it stands.");
    }

    /// <param name="outcome">Of the answer: settled, accepted, refused, or what became of it later: rejected, returned.</param>
    /// <param name="amount">Null when there is none to tell.</param>
    public void Transfer(string kind, string outcome, Money? amount, Error? error = null)
    {
        if (!transfers.Enabled)
            return;
        var tags = new TagList { { "bank.transfer.kind", kind }, { "bank.outcome", outcome } };
        Describe(ref tags, amount, error?.Code);
        transfers.Add(1, tags);
    }

    /// <param name="outcome">held, released, expired.</param>
    public void Hold(string outcome, Money amount)
    {
        if (!holds.Enabled)
            return;
        var tags = new TagList { { "bank.outcome", outcome } };
        Describe(ref tags, amount, null);
        holds.Add(1, tags);
    }

    /// <param name="outcome">due, paid, failed.</param>
    public void Bill(string outcome, int count = 1, Money? amount = null, Error? error = null)
    {
        if (!bills.Enabled || count == 0)
            return;
        var tags = new TagList { { "bank.outcome", outcome } };
        Describe(ref tags, amount, error?.Code);
        bills.Add(count, tags);
    }

    public void Login(string channel, Error? refusal)
    {
        var tags = new TagList { { "bank.channel", channel }, { "bank.outcome", refusal is null ? "completed" : "refused" } };
        Describe(ref tags, null, refusal?.Code);
        logins.Add(1, tags);
    }

    /// <param name="kind">user_locked, user_blocked, channel_blocked, channel_blocked_emergency.</param>
    public void Block(string kind) => blocks.Add(1, new KeyValuePair<string, object?>("bank.block.kind", kind));

    /// <param name="direction">in or out.</param>
    /// <param name="partner">Of one that came in; for one that went out the word endpoint.</param>
    public void WebhookFailed(string direction, string partner, string error) =>
        webhookFailures.Add(1, new TagList { { "bank.webhook.direction", direction }, { "bank.partner", partner }, { "error.type", error } });

    /// <param name="priority">Of the request: read or order.</param>
    /// <param name="reason">busy, overloaded or stopping.</param>
    public void Shed(string priority, string reason) => shed.Add(1, new TagList { { "bank.request.priority", priority }, { "bank.shed.reason", reason } });

    /// <param name="undone">Found and still to be done.</param>
    /// <param name="oldestAge">Null where the sweeper does not know.</param>
    public void Swept(string sweep, int undone, TimeSpan? oldestAge = null)
    {
        backlog.Replace(sweep, [new Measurement<long>(undone, Tag("bank.sweep", sweep))]);
        if (oldestAge is { } age)
            oldest.Replace(sweep, [new Measurement<double>(age.TotalSeconds, Tag("bank.sweep", sweep))]);
    }

    public void InFlight(IEnumerable<Money> amounts) => inFlight.Replace("", [.. amounts.GroupBy(amount => (amount.Currency.Code, Bucket: AmountBucket.Of(amount)))
        .Select(group => new Measurement<long>(group.Count(), Tag("bank.currency", group.Key.Code), Tag("bank.amount.bucket", group.Key.Bucket)))]);

    /// <param name="kind">The orchestration's name.</param>
    /// <param name="steps">Where each that is open stands; null where a process was killed before it wrote that down.</param>
    public void Waiting<TState>(string kind, IEnumerable<TState?> steps) where TState : struct, Enum => waiting.Replace(kind, [.. steps.GroupBy(step => step)
        .Select(group => new Measurement<long>(group.Count(), Tag("bank.orchestration.kind", kind), Tag("bank.orchestration.step", StepOf(group.Key))))]);

    public void Waiting<TState>(string kind, IEnumerable<TState> steps) where TState : struct, Enum => Waiting(kind, steps.Select(step => (TState?)step));

    public bool CountsStorageCalls => storageCalls.Enabled || storageCost.Enabled;

    /// <param name="service">tables or blobs.</param>
    public void StorageCalled(string function, string service, double price) =>
        storageCost.Add(price, new TagList { { "faas.name", function }, { "bank.storage.service", service } });

    public void StorageCalls(string function, string service, int calls) =>
        storageCalls.Record(calls, new TagList { { "faas.name", function }, { "bank.storage.service", service } });

    private static string StepOf<TState>(TState? step) where TState : struct, Enum => step is { } known ? JsonNamingPolicy.SnakeCaseLower.ConvertName(known.ToString()) : "not_begun";

    private static void Describe(ref TagList tags, Money? amount, string? error)
    {
        if (amount is not null)
        {
            tags.Add("bank.currency", amount.Currency.Code);
            tags.Add("bank.amount.bucket", AmountBucket.Of(amount));
        }

        if (error is not null)
            tags.Add("error.type", error);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
