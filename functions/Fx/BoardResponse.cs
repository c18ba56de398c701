using System.ComponentModel;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

[Description("ALL for one unit of a currency.")]
public sealed record BoardRateDto(
    [property: Pattern("[A-Z]{3}"), Example("EUR")] string Currency,
    [property: Pattern(RateInput.Pattern), Description("What the bank gives for it."), Example("97.20")] string Buy,
    [property: Pattern(RateInput.Pattern), Description("What the bank asks for it; not below `buy`."), Example("98.90")] string Sell)
{
    internal static BoardRateDto From(BoardRate rate) => new(rate.Currency.Code, RateText.Of(rate.Buy), RateText.Of(rate.Sell));

    internal BoardRate? Read(Input input, string pointer)
    {
        var currency = Banking.Currency.Find(Currency);
        input.Check(currency is not null && currency != Banking.Currency.All, () => new BoardCurrencyWrong($"{pointer}/currency"));
        var (buy, sell) = (RateInput.Read(input, Buy, $"{pointer}/buy"), RateInput.Read(input, Sell, $"{pointer}/sell"));
        input.Check(buy <= sell, () => new BoardRateCrossed($"{pointer}/buy", Currency));
        return currency is null ? null : new BoardRate(currency, buy, sell);
    }
}

[Description("A rate board as it was published.")]
public sealed record BoardResponse(
    Guid Id,
    Instant ValidFrom,
    [property: Description("The business day it was made for; on the next one there must be another.")] LocalDate BusinessDay,
    BoardOrigin Origin,
    string PublishedBy,
    Instant PublishedAt,
    IReadOnlyList<BoardRateDto> Rates)
{
    public static BoardResponse From(RateBoard board) => new(
        board.Id, board.ValidFrom, board.BusinessDay, board.Origin, board.PublishedBy, board.PublishedAt, [.. board.Rates.Select(BoardRateDto.From)]);
}
