namespace Serverless.Banking.Complaints;

/// <summary>Nothing of this number, or somebody else's.</summary>
public sealed record ServiceRequestNotFound() : NotFound("service_request_not_found");

/// <summary>At most so many new ones a day (NOTE-20).</summary>
public sealed record TooManyServiceRequests(int MostPerDay) : Refused("too_many_service_requests");

/// <summary>A closed request takes no more answers.</summary>
public sealed record ServiceRequestClosed() : Conflict("service_request_closed");
