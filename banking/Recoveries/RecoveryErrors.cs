namespace Serverless.Banking.Recoveries;

public sealed record RecoveryNotFound() : NotFound("recovery_not_found");

/// <summary>Its quarter of an hour is over (AUTH-28): begin again.</summary>
public sealed record RecoveryExpired() : Refused("recovery_expired");

/// <summary>Another step comes first, or this one is done.</summary>
/// <param name="Next">The step that is due.</param>
public sealed record RecoveryStepOutOfOrder(RecoveryStep Next) : Conflict("recovery_step_out_of_order");
