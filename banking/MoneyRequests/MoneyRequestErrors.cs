namespace Serverless.Banking.MoneyRequests;

/// <summary>Unknown, or neither sent nor received by the caller.</summary>
public sealed record MoneyRequestNotFound() : NotFound("money_request_not_found");

/// <summary>It has ended; only an open request can be paid, declined or withdrawn.</summary>
public sealed record MoneyRequestNotOpen(MoneyRequestState RequestState) : Conflict("money_request_not_open");

/// <summary>A payment of it is under way.</summary>
public sealed record MoneyRequestBeingPaid() : Conflict("money_request_being_paid");

/// <summary>Only the payer may pay or decline a request.</summary>
public sealed record NotThePayer() : Refused("not_the_payer");

/// <summary>Only the requester may withdraw a request.</summary>
public sealed record NotTheRequester() : Refused("not_the_requester");

/// <param name="Most">Requests per day.</param>
public sealed record DailyRequestsReached(int Most) : Refused("daily_requests_reached");

/// <param name="Most">Open requests to one payer.</param>
public sealed record OpenRequestsReached(int Most) : Refused("open_requests_reached");
