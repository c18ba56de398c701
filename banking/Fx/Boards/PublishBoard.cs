using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

/// <param name="ValidFrom">Null: now.</param>
public sealed record BoardToPublish(IdempotencyKey Key, string RequestHash, Instant? ValidFrom, IReadOnlyList<BoardRate> Rates);

/// <summary>A member of the treasury publishes a board: it replaces the one in force from its moment on (FX-21).</summary>
public sealed class PublishBoard
{
    /// <summary>What a desk's clock may be behind.</summary>
    private static readonly Duration Slack = Duration.FromMinutes(1);

    private readonly RateBoardTable table;
    private readonly RateBoards boards;
    private readonly BankCalendar calendar;
    private readonly RecordAudit audit;
    private readonly TimeProvider time;

    internal PublishBoard(RateBoardTable table, RateBoards boards, BankCalendar calendar, RecordAudit audit, TimeProvider time) =>
        (this.table, this.boards, this.calendar, this.audit, this.time) = (table, boards, calendar, audit, time);

    /// <param name="wanted">Its rates were checked.</param>
    /// <returns>The board; for a repeated key the first one. Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="BoardInThePast"/>.</returns>
    public async Task<Result<RateBoard>> RunAsync(BoardToPublish wanted, AuditActor officer, CancellationToken cancellation)
    {
        var id = StableGuid.Of("fx_board", officer.Id, wanted.Key.Value);
        var now = time.NowToTheMillisecond();
        if (await table.FindAsync(id, cancellation) is not { } earlier)
        {
            if (wanted.ValidFrom < now - Slack)
                return new BoardInThePast("/validFrom");
            var from = wanted.ValidFrom is { } later && later > now ? later : now;
            var board = new RateBoard(
                id, from, calendar.SameOrPrevious(from.InZone(BankTime.Tirane).Date), BoardOrigin.Treasury, officer.Id, now, wanted.Rates);
            earlier = await table.AddAsync(board, wanted.RequestHash, cancellation) ?? (board, wanted.RequestHash);
        }

        if (earlier.RequestHash != wanted.RequestHash)
            return new IdempotencyKeyReused();
        await audit.RunAsync(
            new AuditEvent(officer, "rate_board_published", $"rate-board/{id:D}") { Id = id, At = earlier.Board.PublishedAt, After = Text(earlier.Board) }, cancellation);
        await boards.StandingAsync(cancellation);
        return earlier.Board;
    }

    private static string Text(RateBoard board)
    {
        var text = string.Join(' ', board.Rates.Select(rate => FormattableString.Invariant($"{rate.Currency.Code} {rate.Buy}/{rate.Sell}")));
        return text.Length <= 1000 ? text : text[..1000];
    }
}
