using NodaTime;
using Serverless.Banking.Fx;

namespace Serverless.Banking;

public sealed record RateRequestNotFound() : NotFound("rate_request_not_found");

/// <summary>The id was used for another request.</summary>
public sealed record RateRequestExists() : Conflict("rate_request_exists");

/// <summary>There is an open one of the same currencies in the same direction (FX-24).</summary>
public sealed record RateRequestOpen(Guid RequestId) : Conflict("rate_request_open");

/// <param name="Minimum">In the request's currency.</param>
public sealed record BelowExchangeMinimum(Money Minimum) : Refused("below_exchange_minimum");

public sealed record RateRequestNotConfirmed(RateRequestState RequestState) : Conflict("rate_request_not_confirmed");

public sealed record RateExpired(Instant ExpiredAt) : Conflict("rate_expired");

public sealed record ExchangeAmountOutOfLimits(Money Lowest, Money Highest) : Refused("exchange_amount_out_of_limits");

/// <summary>Too late to cancel.</summary>
public sealed record RateRequestFinal(RateRequestState RequestState) : Conflict("rate_request_final");

/// <summary>Somebody else was first, or it waits for no decision any more.</summary>
public sealed record RateRequestDecided(RateRequestState RequestState) : Conflict("rate_request_decided");

/// <summary>So far from the current rate that it is a slip.</summary>
public sealed record RateOutOfBand(string Lowest, string Highest) : Refused("rate_out_of_band");

/// <summary>In the past, or after the end of the business day.</summary>
public sealed record ValidUntilWrong(string Field, Instant Latest) : Invalid("valid_until_wrong", Field);

/// <summary>Somebody else changed the request in the same moment, again and again; the same call may be sent again.</summary>
public sealed record RateRequestBusy() : Conflict("rate_request_busy");
