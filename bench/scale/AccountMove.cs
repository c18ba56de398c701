namespace Serverless.Scale;

/// <summary>
/// One account's partition on its way from storage account A to B while legs are posted to it and one of them is voided: every order in which two movers, one killed at any
/// step, a writer who repeats and somebody who voids can meet.
/// </summary>
/// <remarks>
/// The steps are docs/scale.md's. A leg is one conditional transaction: it needs the head as it was read, and neither its marker nor a void may be there. What is explored is
/// small, two legs and two movers of whom one is killed and begins anew, and complete: all reachable states, no chance.
/// </remarks>
internal sealed class AccountMove
{
    private const int Legs = 2, Movers = 2, KillsAtMost = 1, VoidedLeg = 1 << (Legs - 1);

    private readonly bool isFenced, voidsWithHead;
    private readonly HashSet<State> seen = [];
    private readonly Stack<State> open = new();

    private AccountMove(bool isFenced, bool voidsWithHead) => (this.isFenced, this.voidsWithHead) = (isFenced, voidsWithHead);

    /// <summary>How many states there are, how many of them an end, and what was wrong in how many.</summary>
    /// <param name="isFenced">False leaves out the step that makes the move safe, to see that this finds the damage.</param>
    /// <param name="voidsWithHead">False: a void's marker is inserted alone, as the bank does today.</param>
    public static MoveReport Explore(bool isFenced = true, bool voidsWithHead = true) => new AccountMove(isFenced, voidsWithHead).Run();

    private MoveReport Run()
    {
        var (ends, twoHeads, lost, twice, both) = (0, 0, 0, 0, 0);
        Visit(new State());
        while (open.TryPop(out var state))
        {
            // Two heads that both take legs would let money be spent twice.
            twoHeads += state.IsLive(Store.A) && state.IsLive(Store.B) ? 1 : 0;
            foreach (var next in Next(state))
                Visit(next);
            if (state.WriterLeg != Legs || !state.IsVoiderDone || !state.MoverStep.All(step => step == Step.Done))
                continue;
            ends++;
            lost += Enumerable.Range(0, Legs).Any(leg => ((state.MarkersB | state.Refused) & (1 << leg)) == 0) ? 1 : 0;
            twice += state.SequenceB != int.PopCount(state.MarkersB) ? 1 : 0;
            both += state.IsVoided == ((state.MarkersB & VoidedLeg) != 0) ? 1 : 0;
        }

        return new MoveReport(seen.Count, ends, twoHeads, lost, twice, both);
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
        if (!state.IsVoiderDone)
            yield return Voider(state);
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
            var (read, at, version) = ReadHead(state);
            yield return read with { WriterAt = at, WriterKnows = version };
            yield break;
        }

        var bit = 1 << state.WriterLeg;
        var isPosted = (state.Markers(state.WriterAt) & bit) != 0;
        var isVoided = (state.Voids(state.WriterAt) & bit) != 0;
        if (isPosted || isVoided)
        {
            // The marker is there: posted before, or voided. Where the head has moved meanwhile it is in B as well, copied before the fence.
            yield return state with { WriterKnows = null, WriterLeg = state.WriterLeg + 1, Refused = isVoided ? state.Refused | bit : state.Refused };
        }
        else if (!state.IsLive(state.WriterAt) || known != state.Version(state.WriterAt))
        {
            yield return state with { WriterKnows = null };
        }
        else
        {
            var posted = state.WriterAt == Store.A
                ? state with { SequenceA = state.SequenceA + 1, VersionA = state.VersionA + 1, MarkersA = state.MarkersA | bit }
                : state with { SequenceB = state.SequenceB + 1, VersionB = state.VersionB + 1, MarkersB = state.MarkersB | bit };
            yield return posted with { WriterKnows = null, WriterLeg = state.WriterLeg + 1 };

            // Written, and its answer lost: the same leg again.
            yield return posted with { WriterKnows = null };
        }
    }

    /// <summary>Takes a leg back that may be under way: its marker says voided from then on, unless it is posted. It reads the head first, and writes under it or alone.</summary>
    private State Voider(State state)
    {
        if (state.VoiderKnows is not { } known)
        {
            var (read, at, version) = ReadHead(state);
            return read with { VoiderAt = at, VoiderKnows = version };
        }

        if ((state.Markers(state.VoiderAt) & VoidedLeg) != 0)
            return state with { IsVoiderDone = true, VoiderKnows = null };
        if (voidsWithHead && (!state.IsLive(state.VoiderAt) || known != state.Version(state.VoiderAt)))
            return state with { VoiderKnows = null };
        var touches = voidsWithHead ? 1 : 0;
        var voided = state.VoiderAt == Store.A
            ? state with { VoidsA = state.VoidsA | VoidedLeg, VersionA = state.VersionA + touches }
            : state with { VoidsB = state.VoidsB | VoidedLeg, VersionB = state.VersionB + touches };
        return voided with { IsVoided = true, IsVoiderDone = true, VoiderKnows = null };
    }

    /// <summary>The head where the route says, or where the head says that it has moved: whoever meets a moved head may finish what its mover has not.</summary>
    private static (State Then, Store At, int Version) ReadHead(State state)
    {
        if (state.Route == Store.B || state.HeadA != Head.Moved)
            return (state, state.Route, state.Version(state.Route));
        var moved = state.WithHeadB();
        return (moved, Store.B, moved.VersionB);
    }

    private State Mover(State state, int mover) => state.MoverStep[mover] switch
    {
        Step.ReadHead when state.HeadA == Head.Moved => state.With(mover, Step.WriteHead),
        Step.ReadHead => state.With(mover, Step.Copy).Knowing(mover, state.VersionA),

        // Entries and markers never change, so copying them twice, or by two movers, is copying them once.
        Step.Copy => (state with { MarkersB = state.MarkersB | state.MarkersA, VoidsB = state.VoidsB | state.VoidsA }).With(mover, isFenced ? Step.Fence : Step.WriteHead),

        // Only under the head as it was before the copying: whoever posted since sends the mover back to copy that too.
        Step.Fence when state.HeadA == Head.Moved => state.With(mover, Step.WriteHead),
        Step.Fence when state.VersionA != state.MoverKnows[mover] => state.With(mover, Step.ReadHead),
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

        public int VoidsA { get; init; }

        public int VoidsB { get; init; }

        /// <summary>What an ETag tells apart.</summary>
        public int VersionA { get; init; }

        public int VersionB { get; init; }

        public Store Route { get; init; }

        public int WriterLeg { get; init; }

        public Store WriterAt { get; init; }

        /// <summary>The head as read; null before.</summary>
        public int? WriterKnows { get; init; }

        /// <summary>Legs that the writer was told to be voided.</summary>
        public int Refused { get; init; }

        public Store VoiderAt { get; init; }

        public int? VoiderKnows { get; init; }

        public bool IsVoiderDone { get; init; }

        /// <summary>What the voider was told.</summary>
        public bool IsVoided { get; init; }

        public Pair<Step> MoverStep { get; init; }

        public Pair<int> MoverKnows { get; init; }

        public int Kills { get; init; }

        public bool IsLive(Store store) => (store == Store.A ? HeadA : HeadB) == Head.Live;

        public int Markers(Store store) => store == Store.A ? MarkersA : MarkersB;

        public int Voids(Store store) => store == Store.A ? VoidsA : VoidsB;

        public int Version(Store store) => store == Store.A ? VersionA : VersionB;

        public State With(int mover, Step step) => this with { MoverStep = MoverStep.With(mover, step), MoverKnows = step == Step.ReadHead ? MoverKnows.With(mover, 0) : MoverKnows };

        public State Knowing(int mover, int sequence) => this with { MoverKnows = MoverKnows.With(mover, sequence) };

        /// <summary>Inserted once; whoever comes later finds it there.</summary>
        public State WithHeadB() => HeadB == Head.None ? this with { HeadB = Head.Live, SequenceB = SequenceA } : this;
    }
}

/// <param name="TwoHeads">States in which both partitions would take a leg.</param>
/// <param name="Lost">Ends in which a leg that was answered is not in B.</param>
/// <param name="Twice">Ends in which B's head counts other than its legs.</param>
/// <param name="VoidedAndPosted">Ends in which what the voider was told is not what B has.</param>
internal sealed record MoveReport(int States, int Ends, int TwoHeads, int Lost, int Twice, int VoidedAndPosted);
