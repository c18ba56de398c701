using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Fx;

public enum BoardImport
{
    /// <summary>The business day has its board.</summary>
    NotNeeded,

    Published,

    /// <summary>The feed does not answer, or not in its format.</summary>
    FeedUnreadable,

    /// <summary>Of a day too long ago, or of one to come.</summary>
    FeedOld,

    /// <summary>Without ALL, or without a currency of the bank's boards.</summary>
    FeedIncomplete,

    /// <summary>A currency has moved so far that somebody has to look.</summary>
    FeedImplausible,
}

/// <summary>Makes the business day's board from the feed when nobody has published one (FX-21). What it will not take is left to the treasury, whom another timer alerts.</summary>
public sealed partial class ImportBoard
{
    private readonly RateBoardTable table;
    private readonly RateBoards boards;
    private readonly RatesFeedClient feed;
    private readonly BankCalendar calendar;
    private readonly IOptionsMonitor<FxOptions> options;
    private readonly TimeProvider time;
    private readonly ILogger<ImportBoard> log;

    internal ImportBoard(
        RateBoardTable table, RateBoards boards, RatesFeedClient feed, BankCalendar calendar, IOptionsMonitor<FxOptions> options, TimeProvider time, ILogger<ImportBoard> log) =>
        (this.table, this.boards, this.feed, this.calendar, this.options, this.time, this.log) = (table, boards, feed, calendar, options, time, log);

    /// <summary>One board for a business day, however often it runs.</summary>
    public async Task<BoardImport> RunAsync(CancellationToken cancellation)
    {
        // What this instance knows can only be too little.
        if (boards.FindKnown()?.BusinessDay >= boards.BusinessDay)
            return BoardImport.NotNeeded;
        var standing = await boards.StandingAsync(cancellation);
        if (standing is { Board: not null, IsOld: false })
            return BoardImport.NotNeeded;

        var outcome = await FromFeedAsync(standing.Board, cancellation);
        if (outcome is not (BoardImport.Published or BoardImport.NotNeeded))
            LogRefused(outcome);
        return outcome;
    }

    private async Task<BoardImport> FromFeedAsync(RateBoard? last, CancellationToken cancellation)
    {
        var set = options.CurrentValue;
        if (set.Spreads.Count == 0)
            return BoardImport.NotNeeded;
        if (await feed.ReadAsync(cancellation) is not { } day)
            return BoardImport.FeedUnreadable;
        if (day.Date > calendar.Today || day.Date.PlusDays(set.FeedOldestDays) < calendar.Today)
            return BoardImport.FeedOld;
        if (Rates(day, set) is not { } rates)
            return BoardImport.FeedIncomplete;
        if (rates.Any(rate => last?.Find(rate.Currency) is { } before && HasJumped(rate, before, set.FeedJumpPercent)))
            return BoardImport.FeedImplausible;

        var now = time.NowToTheMillisecond();
        var businessDay = boards.BusinessDay;
        await table.AddAsync(
            new RateBoard(
                StableGuid.Of("fx_board_feed", NodaTime.Text.LocalDatePattern.Iso.Format(businessDay)), now, businessDay, BoardOrigin.Feed, "rates_import", now, rates),
            "", cancellation);
        await boards.StandingAsync(cancellation);
        return BoardImport.Published;
    }

    /// <summary>The feed's rates are units for one EUR; a board's are ALL for one unit, to two digits, with the bank's spread on either side.</summary>
    private static List<BoardRate>? Rates(FeedDay day, FxOptions set)
    {
        if (!day.PerEuro.TryGetValue(Currency.All, out var all))
            return null;
        var rates = new List<BoardRate>();
        foreach (var (code, spread) in set.Spreads)
        {
            var currency = Currency.Of(code);
            var perEuro = currency == Currency.Eur ? 1 : day.PerEuro.GetValueOrDefault(currency);
            if (perEuro <= 0)
                return null;
            var middle = decimal.Round(all / perEuro, 2, MidpointRounding.AwayFromZero);
            if (middle <= spread)
                return null;
            rates.Add(new BoardRate(currency, middle - spread, middle + spread));
        }

        return rates.Exists(rate => rate.Currency == Currency.Eur) ? rates : null;
    }

    private static bool HasJumped(BoardRate now, BoardRate before, int percent)
    {
        var (middle, then) = ((now.Buy + now.Sell) / 2, (before.Buy + before.Sell) / 2);
        return Math.Abs(middle - then) * 100 > then * percent;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rates' feed was not imported: {Outcome}")]
    private partial void LogRefused(BoardImport outcome);
}
