using NodaTime;

namespace Serverless.Banking;

/// <summary>The bank does not exchange these two currencies now.</summary>
public sealed record ExchangeRateMissing(string From, string To) : Refused("exchange_rate_missing");

/// <summary>The treasury has published no rates for the business day (FX-22).</summary>
/// <param name="LastDay">Of the last board; null when there never was one.</param>
public sealed record RatesStale(LocalDate? LastDay) : Refused("rates_stale");

/// <summary>One of the two currencies of a purchase or sale is ALL and the amount is in the other; a conversion has no ALL on either side.</summary>
public sealed record ExchangeCurrencyWrong(string Field, string Currency) : Invalid("exchange_currency_wrong", Field);

public sealed record CurrenciesEqual(string Field) : Invalid("currencies_equal", Field);

/// <summary>No board has a rate of the currency.</summary>
public sealed record CurrencyWithoutRate(string Field, string Currency) : Invalid("currency_without_rate", Field);

/// <summary>The customer has no account in the currency (FX-05).</summary>
public sealed record NoAccountInCurrency(string Currency) : Refused("no_account_in_currency");

/// <summary>So little that nothing is left of it on the other side.</summary>
public sealed record ExchangeAmountTooSmall() : Refused("exchange_amount_too_small");

/// <summary>The quote was confirmed before.</summary>
public sealed record ExchangeAlreadyConfirmed(Guid ExchangeId) : Conflict("exchange_already_confirmed");

public sealed record ExchangeNotFound() : NotFound("exchange_not_found");

/// <summary>Buying above selling.</summary>
public sealed record BoardRateCrossed(string Field, string Currency) : Invalid("board_rate_crossed", Field);

/// <summary>ALL itself, a currency twice, or one that nobody knows.</summary>
public sealed record BoardCurrencyWrong(string Field) : Invalid("board_currency_wrong", Field);

/// <summary>Every board has EUR: requests are measured in it.</summary>
public sealed record BoardWithoutEuro(string Field) : Invalid("board_without_euro", Field);

/// <summary>A board begins now or later: what was in force stays what it was.</summary>
public sealed record BoardInThePast(string Field) : Invalid("board_in_the_past", Field);

/// <summary>Not a positive decimal number.</summary>
public sealed record RateMalformed(string Field) : Invalid("rate_malformed", Field);
