namespace Serverless.Scale;

/// <summary>One account's partition on its way from storage account A to B while legs are posted to it: every order in which two movers, killed at any step, and a writer who repeats can meet.</summary>
/// <remarks>
/// The steps are docs/scale.md's. A leg is one conditional transaction: it needs the head as it was read, and its marker must not be there. What is explored is
/// small, two legs and two movers who each begin anew when killed, and complete: all reachable states, no chance.
/// </remarks>
internal sealed class AccountMove
{
    private const int Legs = 2, Movers = 2, KillsAtMost = 2;

    private readonly bool isFenced;
    private readonly HashSet<State> seen = [];
    private readonly Stack<State> open = new();

    private AccountMove(bool isFenced) => this.isFenced = isFenced;

    /// <summary>How many states there are, how many of them an end, and what was wrong in how many.</summary>
    /// <param name="isFenced">False leaves out the step that makes the move safe, to see that this finds the damage.</param>
    public static MoveReport Explore(bool isFenced = true) => new AccountMove(isFenced).Run();

    private MoveReport Run()
    {
        var (ends, twoHeads, lost, twice) = (0, 0, 0, 0);
        Visit(new State());
        while (open.TryPop(out var state))
        {
            // Two heads that both take legs would let money be spent twice.
            if (isFenced && state.IsLive(Store.A) && state.IsLive(Store.B))
                twoHeads++;
            var before = seen.Count;
            var isEnd = state.WriterLeg == Legs && state.MoverStep.All(step => step == Step.Done);
            foreach (var next in Next(state))
                Visit(next);
            if (!isEnd)
                continue;
            ends++;
            lost += Enumerable.Range(0, Legs).Any(leg => (state.MarkersB & (1 << leg)) == 0) ? 1 : 0;
            twice += state.SequenceB != Legs ? 1 : 0;
        }

        return new MoveReport(seen.Count, ends, twoHeads, lost, twice);
    }

    private void Visit(State state)
    {
        if (seen.Add(state))
            open.Push(state);
    }

    private IEnumerable<State> Next(State state)
    {
        foreach (var next in Writer(state))
            yield return next;
        for (var mover = 0; mover < Movers; mover++)
        {
            if (state.MoverStep[mover] == Step.Done)
                continue;
            yield return Mover(state, mover);

            // Killed: what it knew is gone, what it wrote is there, and the next run begins at the beginning.
            if (state.Kills < KillsAtMost && state.MoverStep[mover] != Step.ReadHead)
                yield return state.With(mover, Step.ReadHead) with { Kills = state.Kills + 1 };
        }
    }

    /// <summary>Reads the head where it believes the account to be, then posts under it; sent elsewhere, it goes there. Killed, it begins the same leg again.</summary>
    private static IEnumerable<State> Writer(State state)
    {
        if (state.WriterLeg == Legs)
            yield break;

        if (state.WriterKnows is not { } known)
        {
            var at = state.Route;
            if (at == Store.A && state.HeadA == Head.Moved)
            {
                // The moved head says everything that B's head needs: who meets it may finish what the mover has not.
                yield return state.WithHeadB() with { WriterAt = Store.B, WriterKnows = state.HeadB == Head.None ? state.SequenceA : state.SequenceB };
                yield break;
            }

            yield return state with { WriterAt = at, WriterKnows = at == Store.A ? state.SequenceA : state.SequenceB };
            yield break;
        }

        var bit = 1 << state.WriterLeg;
        var isPosted = ((state.WriterAt == Store.A ? state.MarkersA : state.MarkersB) & bit) != 0;
        var isAsRead = state.IsLive(state.WriterAt) && known == (state.WriterAt == Store.A ? state.SequenceA : state.SequenceB);
        if (isPosted)
        {
            // The marker is there: it was posted before. Where the head has moved meanwhile the marker is in B as well, copied before the fence.
            yield return state with { WriterKnows = null, WriterLeg = state.WriterLeg + 1 };
        }
        else if (!isAsRead)
        {
            yield return state with { WriterKnows = null };
        }
        else
        {
            var posted = state.WriterAt == Store.A
                ? state with { SequenceA = state.SequenceA + 1, MarkersA = state.MarkersA | bit }
                : state with { SequenceB = state.SequenceB + 1, MarkersB = state.MarkersB | bit };
            yield return posted with { WriterKnows = null, WriterLeg = state.WriterLeg + 1 };

            // Written, and its answer lost: the same leg again.
            yield return posted with { WriterKnows = null };
        }
    }

    private State Mover(State state, int mover) => state.MoverStep[mover] switch
    {
        Step.ReadHead when state.HeadA == Head.Moved => state.With(mover, Step.WriteHead),
        Step.ReadHead => state.With(mover, Step.Copy).Knowing(mover, state.SequenceA),

        // Entries and markers never change, so copying them twice, or by two movers, is copying them once.
        Step.Copy => (state with { MarkersB = state.MarkersB | state.MarkersA }).With(mover, isFenced ? Step.Fence : Step.WriteHead),

        // Only under the head as it was before the copying: whoever posted since sends the mover back to copy that too.
        Step.Fence when state.HeadA == Head.Moved => state.With(mover, Step.WriteHead),
        Step.Fence when state.SequenceA != state.MoverKnows[mover] => state.With(mover, Step.ReadHead),
        Step.Fence => (state with { HeadA = Head.Moved }).With(mover, Step.WriteHead),

        Step.WriteHead => state.WithHeadB().With(mover, Step.TurnRoute),
        _ => (state with { Route = Store.B }).With(mover, Step.Done),
    };

    private enum Store
    {
        A,
        B,
    }

    private enum Head
    {
        None,
        Live,
        Moved,
    }

    private enum Step
    {
        ReadHead,
        Copy,
        Fence,
        WriteHead,
        TurnRoute,
        Done,
    }

    /// <summary>Two numbers or steps that are equal when their contents are.</summary>
    private readonly record struct Pair<T>(T First, T Second)
    {
        public T this[int mover] => mover == 0 ? First : Second;

        public Pair<T> With(int mover, T value) => mover == 0 ? this with { First = value } : this with { Second = value };

        public bool All(Func<T, bool> isSo) => isSo(First) && isSo(Second);
    }

    private sealed record State
    {
        public Head HeadA { get; init; } = Head.Live;

        public Head HeadB { get; init; }

        /// <summary>Legs that the head counts.</summary>
        public int SequenceA { get; init; }

        public int SequenceB { get; init; }

        /// <summary>A bit for each leg.</summary>
        public int MarkersA { get; init; }

        public int MarkersB { get; init; }

        public Store Route { get; init; }

        public int WriterLeg { get; init; }

        public Store WriterAt { get; init; }

        /// <summary>The head as read; null before.</summary>
        public int? WriterKnows { get; init; }

        public Pair<Step> MoverStep { get; init; }

        public Pair<int> MoverKnows { get; init; }

        public int Kills { get; init; }

        public bool IsLive(Store store) => (store == Store.A ? HeadA : HeadB) == Head.Live;

        public State With(int mover, Step step) => this with { MoverStep = MoverStep.With(mover, step), MoverKnows = step == Step.ReadHead ? MoverKnows.With(mover, 0) : MoverKnows };

        public State Knowing(int mover, int sequence) => this with { MoverKnows = MoverKnows.With(mover, sequence) };

        /// <summary>Inserted once; whoever comes later finds it there.</summary>
        public State WithHeadB() => HeadB == Head.None ? this with { HeadB = Head.Live, SequenceB = SequenceA } : this;
    }
}

/// <param name="TwoHeads">States in which both partitions would take a leg.</param>
/// <param name="Lost">Ends in which a leg that was answered is not in B.</param>
/// <param name="Twice">Ends in which B's head counts other than each leg once.</param>
internal sealed record MoveReport(int States, int Ends, int TwoHeads, int Lost, int Twice);
