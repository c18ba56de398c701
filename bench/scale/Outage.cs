using System.Runtime.CompilerServices;

namespace Serverless.Scale;

/// <summary>An hour in which nothing is answered, on the busiest day, and what follows: customers who try again, timers that run late, messages that waited.</summary>
/// <remarks>
/// Sessions that are refused come back after a pause, until their patience ends; patient clients make the pause longer each time and spread it, impatient ones do
/// not. With shedding, sessions that do not fit are refused at once, which costs no storage call. Without, they wait in a line; who has waited too long tries again,
/// and what was his is still in the line and is worked on for nobody.
/// </remarks>
internal sealed class Outage
{
    private const int Tries = 8;

    private readonly double[][] returning = [.. Enumerable.Range(0, Tries).Select(_ => new double[Inputs.SecondsPerDay + 1])];
    private readonly OutageInputs it;
    private readonly SeededRandom random;
    private readonly bool isPatient;

    private Outage(Inputs inputs, bool isPatient) =>
        (it, random, this.isPatient) = (inputs.Outage, new SeededRandom((ulong)inputs.Seed + 1), isPatient);

    /// <summary>New sessions, all of the day; their returns not counted.</summary>
    public double Arrived { get; private set; }

    public double Served { get; private set; }

    /// <summary>Their patience ended.</summary>
    public double GaveUp { get; private set; }

    /// <summary>About to return when the day ended.</summary>
    public double Waiting { get; private set; }

    /// <summary>Sessions that knocked in the busiest second after the outage, over those that fit.</summary>
    public double MostOverCapacity { get; private set; }

    /// <summary>Worked on for nobody, over those served after the outage.</summary>
    public double Wasted { get; private set; }

    /// <summary>Batches that had not been done when the outage ended.</summary>
    public double BatchBacklog { get; private set; }

    /// <summary>Seconds from the end of the outage until the last session that was refused or waited longer than a client does; null when the day ended before.</summary>
    public int? SessionsWellAfter { get; private set; }

    /// <summary>Seconds from the end of the outage until the batches were where they would have been; null when the day ended before.</summary>
    public int? BatchesWellAfter { get; private set; }

    public static Outage Run(Model model, int accounts, bool isPatient, bool sheds)
    {
        var outage = new Outage(model.Inputs, isPatient);
        outage.RunDay(model, accounts, sheds);
        return outage;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunDay(Model model, int accounts, bool sheds)
    {
        var inputs = model.Inputs;
        var (from, until) = (it.FromHour * Inputs.SecondsPerHour, (it.FromHour + it.Hours) * Inputs.SecondsPerHour);
        var capacity = accounts * model.Limits.AccountCallsPerSecond.Value * inputs.TargetUtilisation;
        var (each, perSession) = (inputs.SessionsPerWeight, model.CallsPerSession);
        var (fits, line, wasted, servedAfter) = (capacity / perSession, 0.0, 0.0, 0.0);
        var (late, onTime, lastTrouble, lastLate) = (new Backlog(model), new Backlog(model), until - 1, until - 1);
        for (var second = 0; second < Inputs.SecondsPerDay; second++)
        {
            var ofMonth = ((it.Day - 1) * Inputs.SecondsPerDay) + second;
            var isDown = second >= from && second < until;
            var fresh = random.Arrivals(each * inputs.WeightAt(ofMonth));
            Arrived += fresh;
            var knocking = (double)fresh;
            foreach (var tries in returning)
                knocking += tries[second];

            // As it would have been, for the batches to be compared with.
            onTime.Step(ofMonth, inputs.Customers, capacity - (Math.Min(fresh, fits) * perSession));

            var worked = 0.0;
            if (isDown)
            {
                Refuse(second, fresh, 1, 0);
            }
            else if (sheds)
            {
                worked = Math.Min(knocking, fits);
                Served += worked;
                Refuse(second, fresh, knocking > 0 ? (knocking - worked) / knocking : 0, 0);
                lastTrouble = second >= until && knocking > fits ? second : lastTrouble;
            }
            else
            {
                // Whoever joins a line longer than his client waits for is not answered in time, and stays in it all the same.
                line += knocking;
                worked = Math.Min(line, fits);
                line -= worked;
                var isInVain = line / fits > it.TimeoutSeconds;
                Served += isInVain ? 0 : knocking;
                wasted += isInVain ? knocking : 0;
                Refuse(second, fresh, isInVain ? 1 : 0, it.TimeoutSeconds);
                lastTrouble = second >= until && isInVain ? second : lastTrouble;
            }

            MostOverCapacity = second >= until ? Math.Max(MostOverCapacity, knocking / fits) : MostOverCapacity;
            servedAfter += second >= until ? worked : 0;
            late.Step(ofMonth, inputs.Customers, isDown ? 0 : capacity - (worked * perSession));
            BatchBacklog = second == until - 1 ? late.Waiting : BatchBacklog;
            lastLate = second >= until && late.Waiting > onTime.Waiting + 1 ? second : lastLate;
        }

        Waiting = returning.Sum(tries => tries[Inputs.SecondsPerDay]);
        Wasted = wasted / servedAfter;
        SessionsWellAfter = lastTrouble >= Inputs.SecondsPerDay - 60 ? null : lastTrouble - until + 1;
        BatchesWellAfter = lastLate >= Inputs.SecondsPerDay - 60 ? null : lastLate - until + 1;
    }

    /// <param name="fresh">Those who came for the first time.</param>
    /// <param name="share">Of all who came now, that is refused.</param>
    /// <param name="after">Seconds until they know.</param>
    private void Refuse(int second, double fresh, double share, int after)
    {
        if (share <= 0)
            return;
        for (var tries = Tries; tries >= 0; tries--)
        {
            var refused = (tries == 0 ? fresh : returning[tries - 1][second]) * share;
            if (refused <= 0)
                continue;
            var pause = isPatient ? Math.Min(it.LongestPauseSeconds, it.FirstPauseSeconds << tries) : it.ImpatientPauseSeconds;

            // Patience ends by chance, so that it lasts as long as it does on average whatever the pauses are.
            var comeBack = refused * (1 - (Math.Min(it.PatienceSeconds, pause + after) / (double)it.PatienceSeconds));
            GaveUp += refused - comeBack;
            var spread = isPatient ? (pause / 2) + (int)(random.Next() % (ulong)pause) : pause;
            returning[Math.Min(tries, Tries - 1)][Math.Min(second + after + Math.Max(1, spread), Inputs.SecondsPerDay)] += comeBack;
        }
    }

    /// <summary>The batches of the day, served with what the sessions leave.</summary>
    private sealed class Backlog(Model model)
    {
        private readonly Queue[] queues = [.. model.Inputs.Batches.Select(batch => new Queue(batch.Name))];
        private readonly double[] callsEach = [.. model.Inputs.Batches.Select(batch => model.Of(batch.Operation).Total)];
        private readonly double[] fastest = [.. model.Inputs.Batches.Select(batch => Math.Min(model.WorkerBound(batch), model.PartitionBound(batch.Operation)))];

        public double Waiting => queues.Sum(queue => queue.Waiting);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Step(int second, int customers, double capacity)
        {
            for (var i = 0; i < queues.Length; i++)
            {
                queues[i].Add(model.Inputs.Batches[i].ArrivalsAt(second, customers));
                capacity -= queues[i].Serve(Math.Min(fastest[i], Math.Max(0, capacity) / callsEach[i])) * callsEach[i];
            }
        }
    }
}
