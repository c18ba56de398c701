using NodaTime;
using Serverless.Banking.Calendar;

namespace Serverless.Banking.Fx;

/// <summary>The board in force: the one source of every rate of the bank.</summary>
/// <remarks>
/// Who exchanges reads it anew (one storage call); who values, often and synchronously, takes what this instance knows, which is read in the background when it is
/// some seconds old.
/// </remarks>
public sealed class RateBoards
{
    /// <summary>How old what an instance knows may be when an exchange outside this capability is priced with it.</summary>
    internal static readonly Duration Fresh = Duration.FromSeconds(15);

    private readonly RateBoardTable table;
    private readonly BankCalendar calendar;
    private readonly LaterWork later;
    private readonly TimeProvider time;
    private volatile Known known = new([], Instant.MinValue);

    internal RateBoards(RateBoardTable table, BankCalendar calendar, LaterWork later, TimeProvider time) =>
        (this.table, this.calendar, this.later, this.time) = (table, calendar, later, time);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>The business day whose rates are in force: today, or the last one before a day off.</summary>
    public LocalDate BusinessDay => calendar.SameOrPrevious(calendar.Today);

    public async Task<StandingBoard> StandingAsync(CancellationToken cancellation)
    {
        var now = Now;
        known = new Known(await table.StandingAsync(now, cancellation), now);
        return Standing(Find(now));
    }

    /// <summary>Newest first, those to come included.</summary>
    public Task<Page<RateBoard>> ListAsync(PageRequest page, CancellationToken cancellation) => table.ListAsync(page, cancellation);

    /// <summary>What this instance knows; null when it knows of none.</summary>
    internal RateBoard? FindKnown()
    {
        var now = Now;
        if (IsOld(known, now))
            later.Start("the rates", () => StandingAsync(CancellationToken.None));
        return Find(now);
    }

    /// <summary>Makes sure that <see cref="FindKnown"/> knows what was published some seconds ago: a storage call when it might not.</summary>
    internal Task RefreshAsync(CancellationToken cancellation) => IsOld(known, Now) ? StandingAsync(cancellation) : Task.CompletedTask;

    private StandingBoard Standing(RateBoard? board) => new(board, board is not null && board.BusinessDay < BusinessDay);

    private RateBoard? Find(Instant now) => known.Boards.FirstOrDefault(board => board.ValidFrom <= now);

    /// <summary>A clock that was set back is a test's.</summary>
    private static bool IsOld(Known known, Instant now) => known.ReadAt == Instant.MinValue || now - known.ReadAt >= Fresh || now < known.ReadAt;

    private sealed record Known(IReadOnlyList<RateBoard> Boards, Instant ReadAt);
}
