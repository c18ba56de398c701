using System.Runtime.CompilerServices;

namespace Serverless.Scale;

/// <summary>A month of the bank, second by second.</summary>
/// <remarks>
/// In each second sessions arrive by the hour and day, with chance; batches by their timers. Storage gives so many calls a second as the accounts allow at the
/// planned utilisation: sessions first, then batches in their order, each no faster than the app's instances and the partitions it shares let it.
/// What is not served waits. Nothing is lost: what arrived is served or waits.
/// </remarks>
internal sealed class Month
{
    private readonly Model model;
    private readonly double capacity;
    private readonly int lastArrival;
    private readonly double[] callsEach, fastest;
    private readonly (string Kind, double PerSession, double[] PerBatch)[] shared;

    private Month(Model model, int accounts)
    {
        (this.model, Accounts) = (model, accounts);
        var inputs = model.Inputs;
        capacity = accounts * model.Limits.AccountCallsPerSecond.Value * inputs.TargetUtilisation;
        callsEach = [.. inputs.Batches.Select(batch => model.Of(batch.Operation).Total)];
        fastest = [.. inputs.Batches.Select(batch => Math.Min(model.WorkerBound(batch), model.PartitionBound(batch.Operation)))];
        Queues = [.. inputs.Batches.Select(batch => new Queue(batch.Name))];
        Sessions = new Queue("sessions");
        lastArrival = inputs.Batches.Where(batch => !batch.EveryHour).Max(batch => (batch.Hour * Inputs.SecondsPerHour) + batch.OverSeconds);

        var ofSession = inputs.PerSession.SelectMany(one => model.SharedRows(one.Key).Select(row => (row.Kind, Rows: row.Rows * one.Value))).ToArray();
        var ofBatches = inputs.Batches.Select(batch => model.SharedRows(batch.Operation).ToDictionary(one => one.Kind, one => one.Rows, StringComparer.Ordinal)).ToArray();
        shared =
        [
            .. ofSession.Select(one => one.Kind).Concat(ofBatches.SelectMany(one => one.Keys)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(kind => (kind, ofSession.Where(one => one.Kind == kind).Sum(one => one.Rows), ofBatches.Select(one => one.GetValueOrDefault(kind)).ToArray())),
        ];
        PartitionPeaks = [.. shared.Select(one => new PartitionPeak(one.Kind))];
    }

    public int Accounts { get; }

    public Queue Sessions { get; }

    /// <summary>One per batch, in their order.</summary>
    public Queue[] Queues { get; }

    /// <summary>The busiest second of each kind of shared partition, on the peak day; not looked at where only that day is run.</summary>
    public PartitionPeak[] PartitionPeaks { get; }

    /// <summary>Calls of the sessions alone in their busiest second, and when that was.</summary>
    public (double PerSecond, int At) SessionCalls { get; private set; }

    public (double PerSecond, int At) Calls { get; private set; }

    public double MessagesPerSecond { get; private set; }

    public double TotalCalls { get; private set; }

    /// <summary>Without those of what comes every hour, which writes the same rows again.</summary>
    public double TotalRowsKept { get; private set; }

    /// <summary>When the last of the peak day's batches that its timers brought before the deadline had been served; hours from midnight. Null when the day did not suffice.</summary>
    public double? DoneAt { get; private set; }

    /// <param name="accounts">Storage accounts over which all partitions are spread.</param>
    /// <param name="isPeakDayOnly">For questions that are asked of many sizes.</param>
    public static Month Run(Model model, int accounts = 1, bool isPeakDayOnly = false)
    {
        var month = new Month(model, accounts);
        month.Run(isPeakDayOnly);
        return month;
    }

    // Optimised from the first call on: the loop is long, and it is called few times.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(bool isPeakDayOnly)
    {
        var inputs = model.Inputs;
        var (from, to) = isPeakDayOnly ? (inputs.PeakDay - 1, inputs.PeakDay) : (0, inputs.DaysInMonth);
        var random = new SeededRandom((ulong)inputs.Seed);
        var (each, served) = (inputs.SessionsPerWeight, new double[Queues.Length]);
        var (sessionCalls, expected) = (model.CallsPerSession, 0.0);
        for (var second = from * Inputs.SecondsPerDay; second < to * Inputs.SecondsPerDay; second++)
        {
            // Weights change slowly: once a minute is enough, and the arrivals differ from second to second by chance.
            if (second % 60 == 0)
                expected = each * inputs.WeightAt(second);
            Sessions.Add(random.Arrivals(expected));
            var taken = Sessions.Serve(capacity / sessionCalls);
            var (calls, messages) = (taken * sessionCalls, 0.0);
            if (calls > SessionCalls.PerSecond)
                SessionCalls = (calls, second);
            for (var i = 0; i < Queues.Length; i++)
            {
                var arrivals = inputs.Batches[i].ArrivalsAt(second, inputs.Customers);
                Queues[i].Add(arrivals);
                served[i] = Queues[i].Serve(Math.Min(fastest[i], Math.Max(0, capacity - calls) / callsEach[i]));
                calls += served[i] * callsEach[i];
                messages += served[i] * inputs.Batches[i].Messages;
            }

            TotalCalls += calls;
            if (calls > Calls.PerSecond)
                Calls = (calls, second);
            MessagesPerSecond = Math.Max(MessagesPerSecond, messages);
            if (second / Inputs.SecondsPerDay == inputs.PeakDay - 1)
                LookAtPeakDay(second, taken, served, looksAtPartitions: !isPeakDayOnly);
        }

        TotalRowsKept = (Sessions.Served * inputs.PerSession.Sum(one => one.Value * model.Of(one.Key).Kept))
            + Queues.Select((queue, i) => inputs.Batches[i].EveryHour ? 0 : queue.Served * model.Of(inputs.Batches[i].Operation).Kept).Sum();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAtPeakDay(int second, double sessions, double[] served, bool looksAtPartitions)
    {
        for (var i = 0; i < shared.Length && looksAtPartitions; i++)
        {
            var rows = sessions * shared[i].PerSession;
            for (var batch = 0; batch < served.Length; batch++)
                rows += served[batch] * shared[i].PerBatch[batch];
            PartitionPeaks[i].Look(rows, second);
        }

        var ofDay = second % Inputs.SecondsPerDay;
        var isWaiting = false;
        for (var i = 0; i < Queues.Length; i++)
        {
            Queues[i].LookAtPeakDay(ofDay);
            isWaiting |= !model.Inputs.Batches[i].EveryHour && Queues[i].Waiting > 0.5;
        }

        if (isWaiting)
            DoneAt = null;
        else if (DoneAt is null && ofDay >= lastArrival)
            DoneAt = (ofDay + 1) / (double)Inputs.SecondsPerHour;
    }

}

/// <summary>What has come, has been served, and waits.</summary>
internal sealed class Queue(string name)
{
    private int? waitingSince;

    public string Name => name;

    public double Arrived { get; private set; }

    public double Served { get; private set; }

    public double Waiting { get; private set; }

    public double LongestQueue { get; private set; }

    /// <summary>Seconds for which it was never empty, on the peak day.</summary>
    public int LongestDrain { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double arrivals)
    {
        Arrived += arrivals;
        Waiting += arrivals;
        LongestQueue = Math.Max(LongestQueue, Waiting);
    }

    /// <returns>How many were served.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Serve(double atMost)
    {
        var now = Math.Min(Waiting, atMost);
        Waiting -= now;
        Served += now;
        return now;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LookAtPeakDay(int second)
    {
        if (Waiting <= 0.5)
        {
            if (waitingSince is { } since)
                LongestDrain = Math.Max(LongestDrain, second - since);
            waitingSince = null;
            return;
        }

        waitingSince ??= second;
        LongestDrain = Math.Max(LongestDrain, second - waitingSince.Value);
    }
}

/// <summary>The busiest partition of a kind in its busiest second.</summary>
internal sealed class PartitionPeak(string kind)
{
    public string Kind => kind;

    public double RowsPerSecond { get; private set; }

    public int At { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Look(double rows, int second)
    {
        if (rows > RowsPerSecond)
            (RowsPerSecond, At) = (rows, second);
    }
}
