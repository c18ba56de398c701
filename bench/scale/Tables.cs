using System.Globalization;

namespace Serverless.Scale;

/// <summary>The generated tables of docs/scale.md, by the names of their marks.</summary>
internal static class Tables
{
    private static readonly int[] Sizes = [100_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 12_000_000];

    public static IReadOnlyDictionary<string, string> Of(Model model)
    {
        var accounts = Growth.AccountsFor(model) ?? 1;
        var month = Month.Run(model, accounts);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["inputs"] = Inputs(model),
            ["operations"] = Operations(model),
            ["resources"] = Resources(model, month),
            ["partitions"] = Partitions(model, month),
            ["queues"] = Queues(model, month),
            ["accounts"] = Accounts(model),
            ["spread"] = Spreading(model),
            ["move"] = Move(),
            ["outage"] = Outages(model, accounts),
            ["cost"] = Cost(model, month),
        };
    }

    private static string Inputs(Model model)
    {
        var inputs = model.Inputs;
        return Markdown.Table(
            ["assumed", "value"],
            [
            ["customers", Number(inputs.Customers)],
            ["seed", Number(inputs.Seed)],
            ["sessions per customer and month", Number(inputs.SessionsPerCustomer)],
            ["busier days (weight)", string.Join(", ", inputs.BusierDays.Select(day => $"{day.Key}: {Number(day.Value)}"))],
            ["in a session", string.Join(", ", inputs.PerSession.Select(one => $"{one.Key} {Number(one.Value)}"))],
            .. inputs.Batches.Select(batch => new[]
            {
                batch.Name,
                $"{Number(batch.PerCustomer)} per customer" + (batch.EveryHour
                    ? " and hour, at five past"
                    : $" and month, from {batch.Hour}:00{(batch.OverSeconds > 0 ? $" over {Duration(batch.OverSeconds)}" : " at once")}; day and share: {string.Join(", ", batch.Days.Select(day => $"{day.Key}: {Number(day.Value)}"))}"),
            }),
            ["busiest company's share of contracts and bills", Number(inputs.BusiestCompanyShare)],
            ["busiest account's share of transfers", Number(inputs.BusiestAccountShare)],
            ["planned with of a published limit", Number(inputs.TargetUtilisation)],
            ["peak day's batches done by", $"{inputs.BatchesDoneBy}:00"],
            ["a storage call, a partner's answer, a send of a hundred messages", $"{Number(inputs.LatencyOfAStorageCallMs)} ms, {Number(inputs.LatencyOfAPartnerMs)} ms, {Number(inputs.LatencyOfASendMs)} ms"],
            ]);
    }

    private static string Operations(Model model) => Markdown.Table(
        ["operation (measured)", "storage calls", "of which to partitions that customers share", "the most per second that those allow"],
        [.. model.Profiles.Values.OrderBy(one => one.Name, StringComparer.Ordinal).Select(one => new[]
        {
            one.Name, Number(one.Total), Number(one.Calls.Where(call => !PartitionKind.IsOwn(call.Kind)).Sum(call => call.Calls)),
            model.PartitionBound(one.Name) is var bound && bound < 1e9 ? Number(bound) : "-",
        })]);

    private static string Resources(Model model, Month month)
    {
        var (inputs, limits) = (model.Inputs, model.Limits);
        var sessions = month.SessionCalls.PerSecond / model.CallsPerSession;
        var requests = sessions * model.RequestsPerSession;
        var onboardingsPerSecond = sessions * inputs.PerSession.GetValueOrDefault("onboarding");
        var steps = onboardingsPerSecond * inputs.StepsPerOnboarding * 2;
        var wanted = inputs.Batches.Max(model.WorkerBound);
        var greedy = inputs.Batches.Max(batch => Math.Min(model.WorkerBound(batch), model.PartitionBound(batch.Operation)) * model.Of(batch.Operation).Total);
        return Markdown.Table(
            ["resource", "at its busiest", "when", "limit", "utilisation"],
            Row("storage calls of customers' sessions", month.SessionCalls.PerSecond, "calls/s", Time(month.SessionCalls.At), limits.AccountCallsPerSecond.Value),
            Row($"storage calls in all, over {month.Accounts} account{(month.Accounts == 1 ? "" : "s")}", month.Calls.PerSecond, "calls/s", Time(month.Calls.At), limits.AccountCallsPerSecond.Value * month.Accounts),
            Row("the same if nothing held the batches back", greedy, "calls/s", "", limits.AccountCallsPerSecond.Value * month.Accounts),
            Row("Service Bus, sent and received", month.MessagesPerSecond * 2, "operations/s", "", limits.BusPremiumUnitPerSecond.Value),
            Row("the same, Standard", month.MessagesPerSecond * 2, "operations/s", "", limits.BusStandardPerSecond.Value),
            Row("instances for sessions", requests * inputs.ProcessorMsOfARequest / 1000 / inputs.TargetUtilisation, "instances", Time(month.SessionCalls.At), limits.Instances.Value),
            Row("postings to the busiest account, one head", (month.SessionCalls.PerSecond / model.CallsPerSession * inputs.PerSession["transfer within the bank"] + (inputs.Batches.Where(batch => batch.Operation == "transfer within the bank").Sum(batch => month.Calls.PerSecond / model.Of(batch.Operation).Total))) * inputs.BusiestAccountShare, "postings/s", "", limits.HeadWritesPerSecond.Value),
            Row("workflow steps of onboardings", steps, "messages/s", Time(month.SessionCalls.At), limits.HubQueueMessagesPerSecond.Value),
            Row("handing out the peak day's due bills", inputs.Batches[0].PerCustomer * inputs.Batches[0].Days[inputs.PeakDay] * inputs.Customers / 100 * inputs.LatencyOfASendMs / 1000 / limits.SendsSideBySide.Value, "s", $"day {inputs.PeakDay}", limits.FunctionSeconds.Value),
            Row("Key Vault: secrets at the start of all instances at once", limits.Instances.Value * 12, "calls in 10 s", "", limits.VaultCallsPerTenSeconds.Value));

        static string[] Row(string what, double value, string unit, string when, double limit) => [what, $"{Number(value)} {unit}", when, Number(limit), Percent(value / limit)];
    }

    private static string Partitions(Model model, Month month)
    {
        var (inputs, limit, needed) = (model.Inputs, model.Limits.PartitionRowsPerSecond.Value, Growth.Needed(model, month));
        return Markdown.Table(
            ["partition", "partitions of its kind", "rows/s it needs", "of the limit", "customers at the limit", "rows/s as fast as storage lets the batches", "when"],
            [.. month.PartitionPeaks.OrderByDescending(peak => needed[peak.Kind]).ThenBy(peak => peak.Kind, StringComparer.Ordinal).Take(12).Select(peak => new[]
            {
                $"`{peak.Kind}`", Count(model.Partitions[peak.Kind]), Number(needed[peak.Kind]), Percent(needed[peak.Kind] / limit), Rounded(inputs.Customers * limit / needed[peak.Kind]),
                Number(peak.RowsPerSecond), Time(peak.At),
            })]);

        static string Count(PartitionKind kind) => kind.IsPerCompany ? $"{kind.Count} for each company" : Number(kind.Count);
    }

    private static string Queues(Model model, Month month) => Markdown.Table(
        ["batch", "in the month", "most waiting", "longest without a pause, on the peak day", "fastest", "bound by"],
        [.. month.Queues.Select((queue, i) =>
        {
            var batch = model.Inputs.Batches[i];
            var (workers, partitions) = (model.WorkerBound(batch), model.PartitionBound(batch.Operation));
            var storage = model.Limits.AccountCallsPerSecond.Value * month.Accounts * model.Inputs.TargetUtilisation / model.Of(batch.Operation).Total;
            var (fastest, by) = new[] { (workers, "instances"), (partitions, "a partition"), (storage, "the storage accounts") }.MinBy(one => one.Item1);
            return new[] { queue.Name, Number(queue.Arrived), Number(queue.LongestQueue), Duration(queue.LongestDrain), $"{Number(fastest)}/s", by };
        })]);

    private static string Accounts(Model model)
    {
        var (before, rows) = (1, new List<string[]>());
        foreach (var size in Sizes)
        {
            var sized = model.With(size);
            var accounts = Growth.AccountsFor(sized, before);
            before = accounts ?? before;
            var day = Month.Run(sized, before, isPeakDayOnly: true);
            var polls = day.Queues.Zip(model.Inputs.Batches).Where(one => one.Second.EveryHour).Max(one => one.First.LongestDrain);
            rows.Add(
            [
                Number(size), Number(day.SessionCalls.PerSecond), accounts is { } enough ? Number(enough) : "no number suffices",
                day.DoneAt is { } done ? Clock(done) : "not that day", accounts is null ? "longer than an hour" : Duration(polls),
            ]);
        }

        return Markdown.Table(
            ["storage accounts", "suffice for"],
            [.. Enumerable.Range(1, 3).Select(accounts => new[] { Number(accounts), $"{Number(Growth.CustomersOf(model, accounts))} customers" })])
            + "\n" + Markdown.Table(["customers", "sessions' calls/s at the peak", "storage accounts", "peak day's batches done at", "the hour's polls take"], [.. rows]);
    }

    private static string Spreading(Model model) => Markdown.Table(
        ["accounts", "4,096 slots: fullest over mean", "partitions moved by the last", "jump hash: fullest over mean", "moved", "least that must move"],
        [.. Spread.Look(model.Inputs.Seed, 8).Chunk(2).Select(pair => new[]
        {
            Number(pair[0].Accounts), Fixed(pair[0].Fullest), Percent(pair[0].Moved), Fixed(pair[1].Fullest), Percent(pair[1].Moved), Percent(1.0 / pair[0].Accounts),
        })]);

    private static string Move() => Markdown.Table(
        ["", "states", "ends", "both places take legs", "a leg lost", "a head that counts wrongly", "a leg voided and posted"],
        Row("as above, voids under the head", AccountMove.Explore()),
        Row("without step 3", AccountMove.Explore(isFenced: false)),
        Row("voids beside the head, as today", AccountMove.Explore(voidsWithHead: false)));

    private static string[] Row(string what, MoveReport report) =>
        [what, Number(report.States), Number(report.Ends), Number(report.TwoHeads), Number(report.Lost), Number(report.Twice), Number(report.VoidedAndPosted)];

    private static string Outages(Model model, int accounts) => Markdown.Table(
        ["clients", "when there are too many", "busiest second over what fits", "worked on for nobody", "sessions well after", "sessions given up", "of the day", "batches waiting at the end of it", "batches well after"],
        [.. new (bool IsPatient, bool Sheds)[] { (true, true), (true, false), (false, true), (false, false) }.Select(way =>
        {
            var outage = Outage.Run(model, accounts, way.IsPatient, way.Sheds);
            return new[]
            {
                way.IsPatient ? "pause longer each time" : "try again every few seconds", way.Sheds ? "told to come later" : "wait in a line", $"{Number(Math.Round(outage.MostOverCapacity, 2))} times", Percent(outage.Wasted),
                After(outage.SessionsWellAfter), Number(Math.Round(outage.GaveUp)), Percent(outage.GaveUp / outage.Arrived), Number(Math.Round(outage.BatchBacklog)), After(outage.BatchesWellAfter),
            };
        })]);

    private static string After(int? seconds) => seconds is { } known ? Duration(known) : "not that day";

    private static string Cost(Model model, Month month)
    {
        var costs = Costs.Of(model, month);
        return Markdown.Table(
            ["what", "in the month", model.Prices.Currency, $"{model.Prices.Currency} per customer"],
            [
                .. costs.Lines.Select(line => new[] { line.What, $"{Number(line.Quantity)} {line.Unit}", Number(Math.Round(line.Price)), Money(line.Price / model.Inputs.Customers) }),
                ["**all of it**", "", Number(Math.Round(costs.Total)), Money(costs.Total / model.Inputs.Customers)],
            ]);
    }

    private static string Number(double value) => value.ToString(value >= 100 || value == Math.Floor(value) ? "#,0" : value >= 10 ? "0.0" : value >= 0.01 ? "0.##" : "0.####", CultureInfo.InvariantCulture);

    private static string Fixed(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Money(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{(share * 100).ToString(share < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture)} %";

    private static string Rounded(double customers) => customers > 1e9 ? "over 1,000 million" : $"{(customers / 1e6).ToString(customers < 1e7 ? "0.0" : "#,0", CultureInfo.InvariantCulture)} million";

    private static string Clock(double hours) => $"{((int)hours).ToString("00", CultureInfo.InvariantCulture)}:{((int)(hours * 60) % 60).ToString("00", CultureInfo.InvariantCulture)}";

    private static string Time(int second) => $"day {(second / Scale.Inputs.SecondsPerDay) + 1}, {Clock(second % Scale.Inputs.SecondsPerDay / (double)Scale.Inputs.SecondsPerHour)}";

    private static string Duration(int seconds) => seconds < 120 ? $"{seconds} s" : seconds < 7200 ? $"{(seconds / 60.0).ToString("0", CultureInfo.InvariantCulture)} min" : $"{(seconds / 3600.0).ToString("0.0", CultureInfo.InvariantCulture)} h";
}
