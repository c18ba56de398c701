using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>A member of staff called what is for customers.</summary>
public sealed record CustomersOnly() : Forbidden("customers_only");

/// <summary>A customer called what is for staff.</summary>
public sealed record StaffOnly() : Forbidden("staff_only");

/// <summary>The customer may look and not order.</summary>
public sealed record PaymentRightMissing() : Forbidden("payment_right_missing");

/// <summary>A Smart Pay session called what needs a full one (AUTH-21).</summary>
public sealed record ScopeRequired() : Forbidden("scope_required");

/// <param name="Roles">One of these is needed.</param>
public sealed record RoleMissing(IReadOnlyList<string> Roles) : Forbidden("role_missing");

/// <summary>The function does not say who may call it, so nobody may.</summary>
public sealed record AccessUndeclared() : Forbidden("access_undeclared");
